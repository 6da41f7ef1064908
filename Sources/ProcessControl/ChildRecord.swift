/// What is written about a child before its program starts, so that a later gateway can find it.
///
/// Line 1 comes from the parent: format version, boot id, child path and executable, percent-escaped and separated by
/// blanks. Line 2 is the child's own /proc/self/stat, written by the child itself before execve.
package struct ChildRecord: Equatable, Sendable {
    /// Why a record says nothing about a process.
    package enum Defect: Equatable, Sendable {
        /// The first line is missing or of another format.
        case header
        /// The child never wrote its identity, so its program was never started.
        case noIdentity(childPath: String)
    }

    package static let version = "gatewarden-child-1"

    package let bootIdentifier: String
    package let childPath: String
    package let executable: String
    package let stat: ProcStat

    /// The first line, with its line end.
    package static func header(bootIdentifier: String, childPath: String, executable: String) -> String {
        let fields = [version, bootIdentifier, EscapedName(childPath).text, EscapedName(executable).text]
        return fields.joined(separator: " ") + "\n"
    }

    /// Understands a record file.
    package static func parse(_ content: [UInt8]) -> Result<ChildRecord, Defect> {
        guard let lineEnd = content.firstIndex(of: UInt8(ascii: "\n")) else {
            return .failure(.header)
        }
        let fields = String(decoding: content[..<lineEnd], as: UTF8.self).split(separator: " ").map(String.init)
        guard
            fields.count == 4, fields[0] == version,
            let childPath = EscapedName(text: fields[2])?.original,
            let executable = EscapedName(text: fields[3])?.original
        else {
            return .failure(.header)
        }
        guard let stat = ProcStat(parsing: content[(lineEnd + 1)...]) else {
            return .failure(.noIdentity(childPath: childPath))
        }
        return .success(
            ChildRecord(bootIdentifier: fields[1], childPath: childPath, executable: executable, stat: stat)
        )
    }
}

extension ChildRecord.Defect: Error {}
