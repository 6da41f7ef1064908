internal import Glibc
internal import SystemPackage

/// The record of a running child, and what is known of it.
struct RecordEntry {
    /// Where the child is recorded.
    let file: FilePath
    /// What was last written about its adoption; nil if it is not to be adopted.
    private(set) var terms: AdoptionTerms?
    /// When its executable is looked at again.
    var looks = ExecutableLooks()

    /// A record that exists.
    init(file: FilePath, terms: AdoptionTerms? = nil) {
        self.file = file
        self.terms = terms
    }

    /// Appends what the next gateway needs to take the child over, if it is new.
    ///
    /// Where that cannot be written the child is not proven, and the next gateway ends it.
    mutating func update(_ terms: AdoptionTerms) {
        if terms == self.terms {
            return
        }
        self.terms = terms
        let opened = open(file.string, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW)
        if let descriptor = OwnedDescriptor(adopting: opened) {
            // See above for what a failure leads to.
            _ = try? FileDescriptor(rawValue: descriptor.rawValue).writeAll(terms.line.utf8)
        }
    }

    /// Removes the record; a missing one is as good as removed.
    func remove() {
        unlink(file.string)
    }
}
