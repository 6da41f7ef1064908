import EmbeddedFiles
import FoundationEssentials
import SystemPackage
import Testing

@Suite("Embedded files")
struct EmbeddedFilesTests {
    @Test("every file of a folder is in the binary, as it is, and nothing else", arguments: Folder.allCases)
    func files(_ folder: Folder) throws {
        let onDisk = try Repository.files(in: folder.rawValue)
        #expect(folder.embedded.map(\.name) == onDisk.map(\.name))
        for (file, original) in zip(folder.embedded, onDisk) {
            let isSame = file.bytes == original.bytes
            #expect(isSame, "\(folder.rawValue)/\(file.name) is another one in the binary")
            let isText = Array(file.text.utf8) == original.bytes
            #expect(isText, "\(folder.rawValue)/\(file.name) is not UTF-8")
        }
    }
}

/// The folders whose files are in the binary.
enum Folder: String, CaseIterable {
    case dashboards
    case alerts
    case runbooks
    case units = "deploy/systemd"

    var embedded: [EmbeddedFile] {
        switch self {
        case .dashboards: EmbeddedFiles.dashboards
        case .alerts: EmbeddedFiles.alerts
        case .runbooks: EmbeddedFiles.runbooks
        case .units: EmbeddedFiles.units
        }
    }
}

/// The files of this repository.
enum Repository {
    /// The top folder.
    static let root = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()

    /// The files of a folder in the order of their names, those of its subfolders and hidden ones left out.
    static func files(in folder: String) throws -> [(name: String, bytes: [UInt8])] {
        let directory = root.appending(folder).string
        // A folder that git does not keep because it is empty has no files.
        guard FileManager.default.fileExists(atPath: directory) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: directory)
            .filter { !$0.hasPrefix(".") && !isDirectory("\(directory)/\($0)") }
            .sorted()
            .map { ($0, Array(try Data(contentsOf: URL(filePath: "\(directory)/\($0)")))) }
    }

    private static func isDirectory(_ path: String) -> Bool {
        var isDirectory = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
    }
}
