extension String {
    /// The text as it fits a message: its first 200 characters.
    var excerpt: String {
        utf8.count <= 200 ? self : String(unicodeScalars.prefix(200)) + "..."
    }
}
