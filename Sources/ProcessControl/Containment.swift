internal import SystemPackage

/// How those processes of a child are found that have left its group.
enum Containment: Sendable {
    /// They are not: nobody hands them to this process.
    case none
    /// They are in the child's cgroup; the pids are those that were asked to end.
    case cgroup(ChildCgroup, asked: Set<Int32>)
    /// They are orphans that bear the child's marker.
    case marker(EscapeeTracker)

    /// The child's cgroup.
    var cgroup: ChildCgroup? {
        switch self {
        case .cgroup(let cgroup, asked: _): cgroup
        case .none, .marker: nil
        }
    }

    /// The child's marker.
    var marker: ChildMarker? {
        switch self {
        case .marker(let tracker): tracker.marker
        case .none, .cgroup: nil
        }
    }
}

/// What this process can do to hold children together.
struct ContainmentPolicy: Sendable {
    let cgroups: CgroupRoot?
    let adoptsOrphans: Bool

    /// The containment of a child that is about to be started.
    ///
    /// Where no cgroup can be made, a child that needs no controller runs without: it is missed less than the child would be.
    func containment(of spec: ProcessSpec, childPath: String?) throws(ProcessControlError) -> Containment {
        if let cgroups {
            let settings = spec.limits.cgroupSettings(with: cgroups.controllers)
            do throws(Errno) {
                let cgroup = try cgroups.makeGroup(childPath: childPath ?? spec.executable.string, settings: settings)
                return .cgroup(cgroup, asked: [])
            } catch {
                if !settings.isEmpty {
                    throw SpawnStage.cgroup.failure(error, of: spec)
                }
            }
        }
        if adoptsOrphans {
            var generator = SystemRandomNumberGenerator()
            return .marker(EscapeeTracker(marker: ChildMarker(using: &generator)))
        }
        return .none
    }

    /// The containment that an earlier gateway has given to a child that runs.
    func containment(ofRunning pid: Int32, marker: ChildMarker?) -> Containment {
        if let cgroup = cgroups?.group(of: pid) {
            return .cgroup(cgroup, asked: [])
        }
        return marker.map { .marker(EscapeeTracker(marker: $0)) } ?? .none
    }
}
