/// What is written about a child before its program starts, so that a later gateway can find it.
///
/// Line 1 comes from the parent: format version, boot id, child path, executable and, if there is one, marker,
/// percent-escaped and separated by blanks. Line 2 is the child's own /proc/self/stat, written by the child itself before
/// execve. For a child that may be adopted, the parent appends a line with `AdoptionTerms` once the program runs, and
/// whenever they change: the last one counts.
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
    /// What tells those of its descendants that have left its session.
    package let marker: ChildMarker?
    package let stat: ProcStat
    /// Set if the next gateway may take the child over.
    package let adoption: AdoptionTerms?

    /// The first line, with its line end.
    package static func header(
        bootIdentifier: String,
        childPath: String,
        executable: String,
        marker: ChildMarker? = nil
    ) -> String {
        let fields = [version, bootIdentifier, EscapedName(childPath).text, EscapedName(executable).text, marker?.text]
        return fields.compactMap(\.self).joined(separator: " ") + "\n"
    }

    /// Understands a record file.
    package static func parse(_ content: [UInt8]) -> Result<ChildRecord, Defect> {
        guard let lineEnd = content.firstIndex(of: UInt8(ascii: "\n")) else {
            return .failure(.header)
        }
        let fields = String(decoding: content[..<lineEnd], as: UTF8.self).split(separator: " ").map(String.init)
        guard
            4...5 ~= fields.count, fields[0] == version,
            let childPath = EscapedName(text: fields[2])?.original,
            let executable = EscapedName(text: fields[3])?.original
        else {
            return .failure(.header)
        }
        let rest = content[(lineEnd + 1)...]
        // A command's name may contain line ends, but ends in the last parenthesis; the terms contain none.
        guard
            let nameEnd = rest.lastIndex(of: UInt8(ascii: ")")),
            let statEnd = rest[nameEnd...].firstIndex(of: UInt8(ascii: "\n")),
            let stat = ProcStat(parsing: rest[...statEnd])
        else {
            return .failure(.noIdentity(childPath: childPath))
        }
        return .success(
            ChildRecord(
                bootIdentifier: fields[1],
                childPath: childPath,
                executable: executable,
                marker: fields.count > 4 ? ChildMarker(text: fields[4]) : nil,
                stat: stat,
                adoption: lastTerms(in: rest[(statEnd + 1)...])
            )
        )
    }

    /// A line without its end was not written completely.
    private static func lastTerms(in content: ArraySlice<UInt8>) -> AdoptionTerms? {
        guard let end = content.lastIndex(of: UInt8(ascii: "\n")) else {
            return nil
        }
        let lines = String(decoding: content[..<end], as: UTF8.self).split(separator: "\n")
        return lines.reversed().lazy.compactMap { AdoptionTerms(line: $0) }.first
    }
}

extension ChildRecord.Defect: Error {}
