import Bcrypt
import GatewayConfiguration
import OperatorHTTP

/// Reads who may talk to the public server: a `web.config` with the certificates, keys and hashes that it names.
enum WebAccess {
    /// Reads a file and all that it names.
    ///
    /// Blocks for the time of reading.
    ///
    /// - Parameter file: the file, absolute.
    /// - Returns: what it says, ready to be applied.
    /// - Throws: everything that is wrong, each with its place in the file.
    static func read(_ file: String) throws(ConfigurationProblems) -> AccessControl.Reading {
        let config = try WebConfig(file: file)
        var problems: [ConfigurationProblem] = []
        var access = ServerAccess()
        do throws(ConfigurationProblem) {
            access.tls = try config.tls.map { (section) throws(ConfigurationProblem) in try config.credentials(section)
            }
        } catch {
            problems.append(error)
        }
        for (user, hash) in config.users.sorted(by: { $0.key < $1.key }) {
            do throws(BcryptError) {
                access.users[user] = try BcryptHash(hash)
            } catch {
                problems.append(config.problem(ofUser: user, error.message))
            }
        }
        for header in config.headers {
            if let checked = AnswerHeader(header.name, header.value) {
                access.headers.append(checked)
            } else {
                let path = "http_server_config.headers.\(header.name)"
                problems.append(config.problem(of: path, "a header's value is one line of printable characters"))
            }
        }
        access.rate = config.rateLimit.map { RequestRate(interval: $0.interval, burst: $0.burst) }
        if let first = problems.first { throw ConfigurationProblems(first, problems.dropFirst()) }
        return AccessControl.Reading(access: access) { [stamps = config.stamps] in stamps.areCurrent }
    }
}

extension WebConfig {
    /// Reads the certificates and the key that a section names.
    fileprivate func credentials(_ section: WebTLSSection) throws(ConfigurationProblem) -> TLSCredentials {
        var settings = TLSSettings(
            certificate: try content(of: section.certificate, path(of: .certificate)),
            key: try content(of: section.key, path(of: .key))
        )
        if let authority = section.clientAuthority {
            settings.clientAuthority = try content(of: authority, path(of: .clientAuthority))
        }
        settings.clientAuthentication = TLSSettings.ClientAuthentication(section.clientAuthentication)
        settings.allowedNames = section.allowedNames
        settings.versions =
            TLSSettings.Version(section.minimumVersion)...TLSSettings.Version(section.maximumVersion)
        settings.cipherSuites = section.cipherSuites.map(\.number)
        settings.curves = section.curves.map(\.number)
        do throws(TLSError) {
            return try TLSCredentials(settings)
        } catch {
            let place = path(of: error.setting)
            let holder = pem(of: error.setting).map { pem in
                if case .file(let file) = pem { "\(file) " } else { "the text " }
            }
            throw problem(of: place, "\(holder ?? "")\(error.message)")
        }
    }

    private func pem(of setting: TLSError.Setting) -> WebTLSSection.PEM? {
        switch setting {
        case .certificate: tls?.certificate
        case .key: tls?.key
        case .clientAuthority: tls?.clientAuthority
        case .whole: nil
        }
    }

    /// The setting that is to be corrected.
    private func path(of setting: TLSError.Setting) -> String {
        let name =
            switch setting {
            case .certificate: ".cert"
            case .key: ".key"
            case .clientAuthority: ".client_ca"
            case .whole: ""
            }
        let isFile = if case .file? = pem(of: setting) { true } else { false }
        return "tls_server_config\(name)\(isFile ? "_file" : "")"
    }
}

extension TLSSettings.ClientAuthentication {
    fileprivate init(_ authentication: WebTLSSection.ClientAuthentication) {
        switch authentication {
        case .noClientCert: self = .none
        case .requestClientCert: self = .request
        case .requireAnyClientCert, .requireClientCert: self = .requireAny
        case .verifyClientCertIfGiven: self = .verifyIfGiven
        case .requireAndVerifyClientCert: self = .requireAndVerify
        }
    }
}

extension TLSSettings.Version {
    fileprivate init(_ version: WebTLSSection.Version) {
        switch version {
        case .tls10: self = .tls10
        case .tls11: self = .tls11
        case .tls12: self = .tls12
        case .tls13: self = .tls13
        }
    }
}
