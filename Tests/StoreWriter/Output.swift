import Glibc

/// Lines for the test, each in one write, so that a kill cannot tear one.
enum Output {
    static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        if write(STDOUT_FILENO, bytes, bytes.count) != bytes.count { exit(1) }
    }
}
