import ProcessControl
import SystemPackage

extension ProcessCommand: Encodable {
    private enum CodingKeys: CodingKey {
        case program, arguments, environment, workingDirectory, umask, user, group, limits, onGatewayRestart, isHeavy
    }

    /// Writes the command: of the environment the names alone, in alphabetical order, as the values may be secrets; the
    /// umask in octal digits.
    ///
    /// - Parameter encoder: takes the document.
    /// - Throws: what the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(program, forKey: .program)
        try container.encode(arguments, forKey: .arguments)
        try container.encode(environment.variables.keys.sorted(), forKey: .environment)
        try container.encode(workingDirectory?.string, forKey: .workingDirectory)
        try container.encode(umask.octalDigits, forKey: .umask)
        try container.encode(user, forKey: .user)
        try container.encode(group, forKey: .group)
        try container.encode(limits, forKey: .limits)
        try container.encode(onGatewayRestart.rawValue, forKey: .onGatewayRestart)
        try container.encode(isHeavy, forKey: .isHeavy)
    }
}

extension FilePermissions {
    fileprivate var octalDigits: String {
        let digits = String(rawValue, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
