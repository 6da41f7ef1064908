import Glibc
import StateStore
import Supervision

// A gateway in miniature, for what a test process cannot do to itself: be killed, run into the limits of the system.
//
// Arguments: the directory, what to do, and for `commit` the first number. Results go to standard output.

let arguments = CommandLine.arguments
let store = try await SQLiteTriangularStore.open(
    StoreSettings(directory: arguments[1]),
    clock: MonotonicClock(),
    wallClock: { .seconds(1_000) }
)
switch arguments[2] {
case "commit": try await Committing.run(store, from: Int(arguments[3]) ?? 1)
case "limited": await Limited.run(store)
default: exit(64)
}
