extension ProgramRules {
    /// Reports probes of one process that wait for different descriptors: a process is given one.
    mutating func checkProbes() {
        for subject in subjects {
            let waiting = subject.probes.compactMap { probe in
                probe.object[ProbeSchema.notify].map { (path: "\(probe.path).notify.descriptor", object: $0) }
            }
            guard let first = waiting.first else { continue }
            let number = first.object[NotifyProbeSchema.descriptor]
            for other in waiting.dropFirst() where other.object[NotifyProbeSchema.descriptor] != number {
                problems.report(
                    subject.source(of: other.object[NotifyProbeSchema.descriptor.field.name]),
                    other.path,
                    "another probe of this process has \(number); a process notifies on one descriptor, use the same"
                )
            }
        }
    }
}

extension ChildSubject {
    /// A validated probe with its place.
    struct Probe {
        let object: ConfigurationObject
        let path: String

        /// The program that it runs, where it runs one.
        var program: NamedProgram? {
            object[ProbeSchema.exec].flatMap { $0.program(at: "\(path).exec") }
        }
    }

    /// The probes that are configured.
    var probes: [Probe] {
        let settings = [ProbesSchema.startup, ProbesSchema.readiness, ProbesSchema.liveness]
        let probes = object[ProcessSchema.probes]
        return settings.compactMap { setting in
            probes[setting].map { Probe(object: $0, path: "\(path).probes.\(setting.field.name)") }
        }
    }
}

/// A program that a command names, and where it stands.
struct NamedProgram {
    let name: String
    let value: ConfigurationValue
    let path: String
}

extension ConfigurationObject {
    /// The program of the setting `command`, which all that run one have in common.
    func program(at path: String) -> NamedProgram? {
        guard let value = self[ProcessSchema.command.field.name]?.list?.first, let name = String(value.content) else {
            return nil
        }
        return NamedProgram(name: name, value: value, path: "\(path).command[0]")
    }
}
