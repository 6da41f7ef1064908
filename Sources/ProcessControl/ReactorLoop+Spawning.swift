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
            guard let childPath, let records else {
                return .success(try spawn(spec, record: nil, handlers: handlers))
            }
            let (file, descriptor) = try createRecord(childPath: childPath, spec: spec, in: records)
            defer { close(descriptor.rawValue) }
            do throws(ProcessControlError) {
                return .success(try spawn(spec, record: (file, descriptor), handlers: handlers))
            } catch {
                records.remove(file)
                throw error
            }
        } catch {
            return .failure(error)
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
        _ spec: ProcessSpec,
        record: (file: FilePath, descriptor: FileDescriptor)?,
        handlers: ChildHandlers
    ) throws(ProcessControlError) -> ChildProcess {
        let key = nextKey
        nextKey += 1
        let isAdoptable = record != nil && spec.onGatewayRestart == .adopt
        let pipes = try makePipes(for: spec, areLasting: isAdoptable, key: key)
        var result = execute(spec, pipes: pipes, record: record?.descriptor)
        if let stage = SpawnStage(shim: result.stage) {
            throw stage.failure(Errno(rawValue: result.error), of: spec)
        }
        let startedAt = ContinuousClock.now
        let stat = withUnsafeBytes(of: &result.stat) { ProcStat(parsing: $0.prefix(result.stat_length)) }
        guard let pidfd = OwnedDescriptor(adopting: result.pidfd), let stat else {
            pc_abandon(result.pid)
            throw SpawnStage.identity.failure(.ioError, of: spec)
        }
        do {
            try poller.watchDeath(pidfd, key: key)
        } catch {
            pc_abandon(result.pid)
            throw SpawnStage.pipes.failure(error, of: spec)
        }
        let child = ReactorChild(
            process: ChildProcess(pid: result.pid, startTicks: stat.startTicks, startedAt: startedAt, key: key),
            pidfd: pidfd,
            record: record.map { RecordEntry(file: $0.file) },
            pipes: pipes.reading,
            handlers: handlers
        )
        // A program that has ended already, or that this user may not see, is not proven and thus not adoptable.
        if isAdoptable, let executable = RunningExecutable.path(pid: result.pid) {
            child.record?.update(pipes.terms(of: spec, running: executable))
            scheduleLook(of: child, now: startedAt)
        }
        watch(child)
        keysByPid[result.pid] = key
        return child.process
    }

    /// From here on, events of a child find it.
    func watch(_ child: ReactorChild) {
        children[child.process.key] = child
        mailbox.began(child.process.key)
    }

    private func execute(
        _ spec: ProcessSpec,
        pipes: borrowing SpawnPipes,
        record: FileDescriptor?
    ) -> pc_spawn_result {
        let arguments = CStringVector([spec.name] + spec.arguments)
        let environment = CStringVector(spec.environment.map { "\($0.key)=\($0.value)" })
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
                notification_number: spec.notifyDescriptor ?? -1
            )
            pc_spawn(&request, &result)
        }
        return result
    }
}
