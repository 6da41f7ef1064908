extension ApplicationState.Nothing: Encodable {
    private enum CodingKeys: CodingKey {}

    /// Writes an empty JSON object.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: nothing of its own.
    public func encode(to encoder: any Encoder) throws {
        _ = encoder.container(keyedBy: CodingKeys.self)
    }
}
