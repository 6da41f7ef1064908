/// The names of the consistency checks that concern what a process worker says of itself.
///
/// The same name stands in the worker's trouble, in the check, and in the labels of its metric.
public enum ProcessChecks {
    /// The process dies again and again.
    public static let crashLoop = "crash_loop"
    /// The process runs, and its readiness probe has failed as often in a row as its threshold says.
    public static let readinessFailed = "readiness_failed"

    /// All names.
    static let names = [crashLoop, readinessFailed]
}
