internal import CProcessControl
internal import Glibc
internal import SystemPackage

extension ReactorLoop {
    /// Starts a program; whatever fails, nothing is left open or running.
    func spawn(
        _ spec: ProcessSpec,
        recordedAs childPath: String?,
        handlers: ChildHandlers
    ) -> Result<ChildProcess, ProcessControlError> {
        do throws(ProcessControlError) {
            try spec.validate()
            let containment = try policy.containment(of: spec, childPath: childPath)
            do throws(ProcessControlError) {
                return .success(try spawn(spec, recordedAs: childPath, in: containment, handlers: handlers))
            } catch {
                containment.cgroup?.kill()
                containment.cgroup?.remove()
                throw error
            }
        } catch {
            return .failure(error)
        }
    }

    /// From here on, events of a child find it.
    func watch(_ child: ReactorChild) {
        children[child.process.key] = child
        mailbox.began(child.process.key)
    }

    private func spawn(
        _ spec: ProcessSpec,
        recordedAs childPath: String?,
        in containment: Containment,
        handlers: ChildHandlers
    ) throws(ProcessControlError) -> ChildProcess {
        guard let childPath, let records else {
            return try spawn(spec, in: containment, record: nil, handlers: handlers)
        }
        let (file, descriptor) = try createRecord(
            childPath: childPath, spec: spec, marker: containment.marker, in: records)
        defer { close(descriptor.rawValue) }
        do throws(ProcessControlError) {
            return try spawn(spec, in: containment, record: (file, descriptor), handlers: handlers)
        } catch {
            records.remove(file)
            throw error
        }
    }

    private func createRecord(
        childPath: String,
        spec: ProcessSpec,
        marker: ChildMarker?,
        in records: ChildRecordDirectory
    ) throws(ProcessControlError) -> (FilePath, FileDescriptor) {
        do {
            return try records.create(childPath: childPath, executable: spec.executable, marker: marker)
        } catch {
            throw SpawnStage.record.failure(error, of: spec)
        }
    }

    private func spawn(
        _ spec: ProcessSpec,
        in containment: Containment,
        record: (file: FilePath, descriptor: FileDescriptor)?,
        handlers: ChildHandlers
    ) throws(ProcessControlError) -> ChildProcess {
        let key = nextKey
        nextKey += 1
        let isAdoptable = record != nil && spec.onGatewayRestart == .adopt
        let pipes = try makePipes(for: spec, areLasting: isAdoptable, key: key, gate: handlers.gate)
        let started = try execute(spec, in: containment, pipes: pipes, record: record?.descriptor)
        try watchDeath(of: started, key: key, spec)
        let process = ChildProcess(
            pid: started.stat.pid,
            startTicks: started.stat.startTicks,
            startedAt: started.at,
            key: key,
            cgroup: containment.cgroup
        )
        let child = ReactorChild(
            process: process,
            pidfd: started.pidfd,
            record: record.map { RecordEntry(file: $0.file) },
            pipes: pipes.reading,
            containment: containment,
            handlers: handlers
        )
        // A program that has ended already, or that this user may not see, is not proven and thus not adoptable.
        if isAdoptable, let executable = RunningExecutable.path(pid: process.pid) {
            child.record?.update(pipes.terms(of: spec, running: executable))
            scheduleLook(of: child, now: process.startedAt)
        }
        watch(child)
        keysByPid[process.pid] = key
        return process
    }

    /// A program that runs.
    private struct Started: ~Copyable {
        let stat: ProcStat
        let pidfd: OwnedDescriptor
        let at: ContinuousClock.Instant
    }

    private func watchDeath(
        of started: borrowing Started,
        key: UInt64,
        _ spec: ProcessSpec
    ) throws(ProcessControlError) {
        do {
            try poller.watchDeath(started.pidfd, key: key)
        } catch {
            pc_abandon(started.stat.pid)
            throw SpawnStage.pipes.failure(error, of: spec)
        }
    }

    private func execute(
        _ spec: ProcessSpec,
        in containment: Containment,
        pipes: borrowing SpawnPipes,
        record: FileDescriptor?
    ) throws(ProcessControlError) -> Started {
        let restrictions = try SpawnRestrictions(
            spec: spec,
            containment: containment,
            controllers: policy.cgroups?.controllers ?? []
        )
        var variables = spec.environment
        if let marker = containment.marker {
            variables[ChildMarker.variable] = marker.text
        }
        var result = execute(spec, variables, restrictions: restrictions, pipes: pipes, record: record)
        if let stage = SpawnStage(shim: result.stage) {
            throw stage.failure(Errno(rawValue: result.error), of: spec)
        }
        let startedAt = ContinuousClock.now
        let stat = withUnsafeBytes(of: &result.stat) { ProcStat(parsing: $0.prefix(result.stat_length)) }
        guard let pidfd = OwnedDescriptor(adopting: result.pidfd), let stat else {
            pc_abandon(result.pid)
            throw SpawnStage.identity.failure(.ioError, of: spec)
        }
        return Started(stat: stat, pidfd: pidfd, at: startedAt)
    }

    private func execute(
        _ spec: ProcessSpec,
        _ variables: [String: String],
        restrictions: borrowing SpawnRestrictions,
        pipes: borrowing SpawnPipes,
        record: FileDescriptor?
    ) -> pc_spawn_result {
        let arguments = CStringVector([spec.name] + spec.arguments)
        let environment = CStringVector(variables.map { "\($0.key)=\($0.value)" })
        let directory = CStringVector([spec.workingDirectory?.string].compactMap(\.self))
        let output = pipes.standardOutput.rawValue
        let error = pipes.standardError.rawValue
        let notification = pipes.notificationDescriptor
        var result = pc_spawn_result()
        spec.executable.withPlatformString { executable in
            var request = pc_spawn_request(
                executable: executable,
                arguments: arguments.pointer,
                environment: environment.pointer,
                working_directory: directory.pointer?.pointee,
                umask: mode_t(spec.umask.rawValue),
                standard_output: output,
                standard_error: error,
                record: record?.rawValue ?? -1,
                notification: notification,
                notification_number: spec.notifyDescriptor ?? -1,
                restrictions: nil
            )
            restrictions.withShim { restrictions in
                request.restrictions = restrictions
                pc_spawn(&request, &result)
            }
        }
        return result
    }
}
