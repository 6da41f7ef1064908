internal import CProcessControl
internal import SystemPackage

/// Both ends of a new pipe.
struct PipeEnds: ~Copyable {
    let reading: OwnedDescriptor
    let writing: OwnedDescriptor

    /// Makes a pipe.
    ///
    /// - Parameter lastingCapacity: how many bytes it is to hold while no gateway reads; nil for a pipe that breaks with its
    ///   reading end.
    /// - Throws: the reason why the system gives no pipe.
    init(lastingCapacity: Int32?) throws(Errno) {
        var ends: (reading: Int32, writing: Int32) = (-1, -1)
        let result =
            if let lastingCapacity {
                pc_lasting_pipe(&ends.reading, &ends.writing, lastingCapacity)
            } else {
                pc_pipe(&ends.reading, &ends.writing)
            }
        guard
            result == 0,
            let reading = OwnedDescriptor(adopting: ends.reading),
            let writing = OwnedDescriptor(adopting: ends.writing)
        else {
            throw .latest
        }
        self.reading = reading
        self.writing = writing
    }
}
