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
        return digest
    }
}
