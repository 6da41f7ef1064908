internal import CProcessControl
internal import Glibc
internal import SystemPackage

extension ReactorLoop {
    /// Starts a program; whatever fails, nothing is left open or running.
    func spawn(_ request: ReactorMailbox.Spawn) -> Result<ChildProcess, ProcessControlError> {
        do throws(ProcessControlError) {
            try request.spec.validate()
            let containment = try policy.containment(of: request.spec, childPath: request.childPath)
            do throws(ProcessControlError) {
                return .success(try spawn(request, in: containment))
            } catch {
                containment.cgroup?.kill()
                containment.cgroup?.remove()
                throw error
            }
        } catch {
            return .failure(error)
        }
    }

    private func spawn(
        _ request: ReactorMailbox.Spawn,
        in containment: Containment
    ) throws(ProcessControlError) -> ChildProcess {
        guard let childPath = request.childPath, let records else {
            return try spawn(request, in: containment, record: nil)
        }
        let (file, descriptor) = try createRecord(childPath: childPath, spec: request.spec, in: records)
        defer { close(descriptor.rawValue) }
        do throws(ProcessControlError) {
            return try spawn(request, in: containment, record: (file, descriptor))
        } catch {
            records.remove(file)
            throw error
        }
    }

    private func createRecord(
        childPath: String,
        spec: ProcessSpec,
        in records: ChildRecordDirectory
    ) throws(ProcessControlError) -> (FilePath, FileDescriptor) {
        do {
            return try records.create(childPath: childPath, executable: spec.executable)
        } catch {
            throw SpawnStage.record.failure(error, of: spec)
        }
    }

    private func spawn(
        _ request: ReactorMailbox.Spawn,
        in containment: Containment,
        record: (file: FilePath, descriptor: FileDescriptor)?
    ) throws(ProcessControlError) -> ChildProcess {
        let key = nextKey
        nextKey += 1
        let output = try makePipe(.stdout, key: key, for: request)
        let error = try makePipe(.stderr, key: key, for: request)
        let restrictions = try SpawnRestrictions(
            spec: request.spec,
            containment: containment,
            controllers: policy.cgroups?.controllers ?? []
        )
        var result = execute(
            request.spec,
            marker: containment.marker,
            restrictions: restrictions,
            standardOutput: output.writing,
            standardError: error.writing,
            record: record?.descriptor
        )
        if let stage = SpawnStage(shim: result.stage) {
            throw stage.failure(Errno(rawValue: result.error), of: request.spec)
        }
        let startedAt = ContinuousClock.now
        let stat = withUnsafeBytes(of: &result.stat) { ProcStat(parsing: $0.prefix(result.stat_length)) }
        guard let pidfd = OwnedDescriptor(adopting: result.pidfd), let stat else {
            pc_abandon(result.pid)
            throw SpawnStage.identity.failure(.ioError, of: request.spec)
        }
        do {
            try poller.watchDeath(pidfd, key: key)
        } catch {
            pc_abandon(result.pid)
            throw SpawnStage.pipes.failure(error, of: request.spec)
        }
        let child = ReactorChild(
            process: ChildProcess(
                pid: result.pid, startTicks: stat.startTicks, startedAt: startedAt, key: key, cgroup: containment.cgroup
            ),
            pidfd: pidfd,
            record: record?.file,
            pipes: (output.reading, error.reading),
            containment: containment,
            request: request
        )
        children[key] = child
        keysByPid[result.pid] = key
        mailbox.began(key)
        return child.process
    }

    private struct Pipe: ~Copyable {
        let reading: OutputPipe
        let writing: OwnedDescriptor
    }

    private func makePipe(
        _ stream: OutputLine.Stream,
        key: UInt64,
        for request: ReactorMailbox.Spawn
    ) throws(ProcessControlError) -> Pipe {
        var ends: (reading: Int32, writing: Int32) = (-1, -1)
        guard
            pc_pipe(&ends.reading, &ends.writing) == 0,
            let reading = OwnedDescriptor(adopting: ends.reading),
            let writing = OwnedDescriptor(adopting: ends.writing)
        else {
            throw SpawnStage.pipes.failure(.latest, of: request.spec)
        }
        do {
            try poller.watchOutput(reading, key: key, stream: stream)
        } catch {
            throw SpawnStage.pipes.failure(error, of: request.spec)
        }
        let pipe = OutputPipe(descriptor: reading, stream: stream, gate: request.gate)
        return Pipe(reading: pipe, writing: writing)
    }

    private func execute(
        _ spec: ProcessSpec,
        marker: ChildMarker?,
        restrictions: borrowing SpawnRestrictions,
        standardOutput: borrowing OwnedDescriptor,
        standardError: borrowing OwnedDescriptor,
        record: FileDescriptor?
    ) -> pc_spawn_result {
        let arguments = CStringVector([spec.name] + spec.arguments)
        var variables = spec.environment
        if let marker {
            variables[ChildMarker.variable] = marker.text
        }
        let environment = CStringVector(variables.map { "\($0.key)=\($0.value)" })
        let directory = CStringVector([spec.workingDirectory?.string].compactMap(\.self))
        var result = pc_spawn_result()
        spec.executable.withPlatformString { executable in
            var request = pc_spawn_request(
                executable: executable,
                arguments: arguments.pointer,
                environment: environment.pointer,
                working_directory: directory.pointer?.pointee,
                umask: mode_t(spec.umask.rawValue),
                standard_output: standardOutput.rawValue,
                standard_error: standardError.rawValue,
                record: record?.rawValue ?? -1,
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
