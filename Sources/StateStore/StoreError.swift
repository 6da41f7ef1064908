import CSQLite
import Glibc

/// What went wrong in the store: on what, why, and what to do next.
public struct StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of a failure, for programs.
    public enum Code: String, Equatable, Sendable {
        /// A setting of the store is not usable.
        case invalidSettings = "invalid_settings"
        /// The file was written by a newer release, whose schema this one does not know.
        case newerSchema = "newer_schema"
        /// The file is a database of another program.
        case foreignFile = "foreign_file"
        /// The file's content is damaged.
        case corrupt
        /// The file was moved or deleted while it was open.
        case moved
        /// The file cannot be opened, read or written for now: disk full, read-only, locked, failing.
        case unavailable
        /// The database refused a statement for a reason that lies in neither the file nor the disk.
        case refused
        /// A document cannot be turned into JSON.
        case unencodableDocument = "unencodable_document"
        /// A stored document cannot be read as the wanted type.
        case undecodableDocument = "undecodable_document"
    }

    /// The reason below the failure.
    public enum Cause: Equatable, Sendable, CustomStringConvertible {
        /// SQLite's extended result code and its message; see https://www.sqlite.org/rescode.html.
        case database(resultCode: Int32, text: String)
        /// The errno of a system call.
        case system(errno: Int32)
        /// What the JSON coder or the check of the file said.
        case finding(String)

        /// The reason in words.
        public var description: String {
            switch self {
            case .database(let resultCode, let text): "\(text) (SQLite \(resultCode))"
            case .system(let errno): String(cString: strerror(errno))
            case .finding(let text): text
            }
        }
    }

    /// The kind of the failure.
    public let code: Code
    /// What failed and on what; and, after a semicolon, what a person can do about it.
    public let message: String
    /// The reason below the failure.
    public let cause: Cause?

    /// The message and the reason in one line.
    public var description: String {
        cause.map { "\(message): \($0)" } ?? message
    }

    init(_ code: Code, _ message: String, cause: Cause? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The error of a failed system call on a file, which leaves the store in memory.
    static func system(_ action: String, _ path: String, errno: Int32) -> StoreError {
        StoreError(
            .unavailable,
            "cannot \(action) \(path); check the disk and this user's permissions",
            cause: .system(errno: errno)
        )
    }

    /// Whether the error says nothing about the file's content, only that the disk does not do its work for now.
    var isDiskFull: Bool {
        if case .database(let resultCode, _)? = cause { resultCode & 0xFF == SQLITE_FULL } else { false }
    }
}

extension StoreError.Code {
    /// Sorts SQLite's result codes by what the store does about them.
    ///
    /// - Parameter resultCode: an extended result code; its low byte is the primary one.
    init(resultCode: Int32) {
        if resultCode == SQLITE_IOERR | (2 << 8) {
            // SQLITE_IOERR_SHORT_READ: the file ends before its content does.
            self = .corrupt
            return
        }
        switch resultCode & 0xFF {
        case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt
        case SQLITE_FULL, SQLITE_READONLY, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_BUSY, SQLITE_LOCKED,
            SQLITE_NOMEM, SQLITE_PROTOCOL, SQLITE_NOLFS:
            self = .unavailable
        default: self = .refused
        }
    }
}
