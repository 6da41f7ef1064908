internal import SystemPackage

extension ProcessSpec {
    /// The fingerprint of all that shapes the program; `onGatewayRestart` does not.
    public var digest: SpecificationDigest {
        var digest = SpecificationDigest()
        digest.combine(executable.string)
        digest.combine([name] + arguments)
        digest.combine(environment.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
        digest.combine([workingDirectory?.string].compactMap(\.self))
        digest.combine(UInt64(umask.rawValue))
        digest.combine([notifyDescriptor.map { "\($0)" }].compactMap(\.self))
        digest.combine([user].compactMap(\.self))
        digest.combine([group].compactMap(\.self))
        digest.combine(limits.texts)
        digest.combine([document].compactMap(\.self))
        return digest
    }
}

extension ProcessLimits {
    /// The limits that are set, each with what it limits.
    fileprivate var texts: [String] {
        let texts: [(name: String, value: String?)] = [
            ("openFiles", openFiles.map { "\($0)" }),
            ("coreBytes", coreBytes.map { "\($0)" }),
            ("addressSpaceBytes", addressSpaceBytes.map { "\($0)" }),
            ("nice", nice.map { "\($0)" }),
            ("oomScoreAdjustment", oomScoreAdjustment.map { "\($0)" }),
            ("cpu", cpu.map { "\($0)" }),
            ("memoryBytes", memoryBytes.map { "\($0)" }),
            ("processes", processes.map { "\($0)" }),
        ]
        return texts.flatMap { text in text.value.map { [text.name, $0] } ?? [] }
    }
}
