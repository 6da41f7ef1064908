/// The rules of a `web.config` that look at more than one value.
enum WebConfigRules {
    /// Applies the rules.
    static func check(_ tree: ConfigurationObject, file: String, problems: inout ProblemList) {
        if let value = tree[WebConfigSchema.tls.field.name], isWritten(value.object) {
            checkTLS(tree[WebConfigSchema.tls], value.source, problems: &problems)
        }
        checkUsers(tree[WebConfigSchema.users], problems: &problems)
        let (rate, path) = (tree[WebConfigSchema.rateLimit], WebConfigSchema.rateLimit.field.name)
        if rate[WebConfigSchema.interval] > .zero, rate[WebConfigSchema.burst] == 0 {
            let source = tree.source(of: "\(path).\(WebConfigSchema.interval.field.name)")
            problems.report(source ?? .standard, "\(path).burst", "0 would refuse every request; allowed: 1 or more")
        }
    }

    /// Tells whether something of a section stands in the file.
    static func isWritten(_ section: ConfigurationObject?) -> Bool {
        section?.entries.contains { $0.value.source != .standard } ?? false
    }

    private static func checkTLS(
        _ section: ConfigurationObject,
        _ place: ConfigurationSource,
        problems: inout ProblemList
    ) {
        let path = WebConfigSchema.tls.field.name
        func report(_ name: String, _ message: String) {
            problems.report(section[name]?.source ?? place, "\(path).\(name)", message)
        }
        let pairs = [
            (WebTLSSchema.certificate, WebTLSSchema.certificateFile, true),
            (WebTLSSchema.key, WebTLSSchema.keyFile, true),
            (WebTLSSchema.clientAuthority, WebTLSSchema.clientAuthorityFile, false),
        ]
        for (text, file, isRequired) in pairs {
            switch (section[text], section[file]) {
            case (nil, nil): if isRequired { report(file.field.name, "missing; TLS needs it, or \(text.field.name)") }
            case (.some, .some): report(text.field.name, "\(file.field.name) says the same; remove one of them")
            case (.some, nil), (nil, .some): break
            }
        }
        let authentication = section[WebTLSSchema.clientAuthentication]
        let asked = WebTLSSchema.clientAuthentication.field.name
        if authentication == .noClientCert {
            for setting in [WebTLSSchema.clientAuthority, WebTLSSchema.clientAuthorityFile]
            where section[setting] != nil {
                report(setting.field.name, "needs \(asked), as no certificate is asked for otherwise")
            }
        }
        if section[WebTLSSchema.allowedNames] != nil, !authentication.requiresCertificate {
            let kinds = WebTLSSection.ClientAuthentication.allCases.filter(\.requiresCertificate).map(\.rawValue)
            let message = "needs a certificate to look at; set \(asked) to one of \(kinds.joined(separator: ", "))"
            report(WebTLSSchema.allowedNames.field.name, message)
        }
        let (oldest, newest) = (section[WebTLSSchema.minimumVersion], section[WebTLSSchema.maximumVersion])
        if oldest > newest {
            report(WebTLSSchema.minimumVersion.field.name, "is newer than max_version, \(newest.rawValue)")
        }
    }

    private static func checkUsers(_ users: ConfigurationObject, problems: inout ProblemList) {
        let path = WebConfigSchema.users.field.name
        for user in users.entries {
            if user.name.contains(":") {
                let message = "a user's name has no colon: HTTP ends it there"
                problems.report(user.value.source, path.appendingKey(user.name), message)
            }
            if user.value.content.scalarText == nil {
                problems.report(user.value.source, path.appendingKey(user.name), "expected the hash of a password")
            }
        }
    }
}
