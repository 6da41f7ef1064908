internal import CProcessControl

/// What the kernel says of the calendar that it keeps.
public enum KernelClock {
    /// Whether a time service keeps the calendar synchronized; nil where the kernel does not tell, as in some sandboxes.
    ///
    /// Source: adjtimex(2), STA_UNSYNC. Takes less than a microsecond; callable from any thread.
    public static var isSynchronized: Bool? {
        let status = pc_clock_status()
        return status < 0 ? nil : status == 0
    }
}
