internal import CProcessControl

/// The memory of the gateway's own process.
public enum OwnMemory {
    /// Gives back what the process can do without: freed blocks of the heap, and those pages of the program that are not in
    /// use.
    ///
    /// Pages in use come back from the page cache at once, by a few hundred page faults. May be called from any thread;
    /// takes about a millisecond, for a part of which allocations of other threads wait.
    public static func release() {
        pc_release_memory()
    }
}
