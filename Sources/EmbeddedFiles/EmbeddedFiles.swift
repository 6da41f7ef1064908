import CEmbeddedFiles

/// The files that the binary brings along, by folder, each folder in the order of the names.
///
/// They are part of the program's read-only memory: what nobody asks for is not even read from disk.
public enum EmbeddedFiles {
    /// The dashboards for Grafana: `dashboards/`.
    public static let dashboards = list(gatewarden_dashboards())

    /// The alerting rules for Prometheus: `alerts/`.
    public static let alerts = list(gatewarden_alerts())

    /// The pages that say what to do: `runbooks/`.
    public static let runbooks = list(gatewarden_runbooks())

    /// The units for systemd: `deploy/systemd/`.
    public static let units = list(gatewarden_units())

    /// Makes a list of one that ends with an element without a path.
    private static func list(_ first: UnsafePointer<gatewarden_embedded_file>?) -> [EmbeddedFile] {
        var files: [EmbeddedFile] = []
        var next = first
        while let file = next?.pointee, let path = file.path, let text = file.text {
            files.append(EmbeddedFile(name: name(String(cString: path)), buffer: buffer(text)))
            next = next?.successor()
        }
        return files
    }

    private static func name(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The bytes of a text that ends with a NUL, without it.
    private static func buffer(_ text: UnsafePointer<CChar>) -> UnsafeBufferPointer<UInt8> {
        var count = 0
        while text[count] != 0 { count += 1 }
        return UnsafeRawBufferPointer(start: text, count: count).assumingMemoryBound(to: UInt8.self)
    }
}
