extension Double {
    /// The number as an operator writes it: `0`, `1.5`.
    var inWords: String {
        Int64(exactly: self).map(String.init) ?? String(self)
    }
}
