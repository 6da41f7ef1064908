import SystemPackage
import Testing

/// The programs of Prometheus that the tests run; `make test` unpacks them from Debian's packages.
enum MonitoringProgram: String, CaseIterable {
    case prometheus
    case promtool
    case alertmanager = "prometheus-alertmanager"

    /// Where it is, or nil where it is not on `PATH`.
    var path: FilePath? {
        let folders = Binaries.environment("PATH")?.split(separator: ":") ?? []
        return folders.lazy
            .map { FilePath(String($0)).appending(rawValue) }
            .first { Binaries.isExecutable($0) }
    }

    /// Where it is; a test that gets here without it fails.
    var required: FilePath {
        get throws { try #require(path, "\(rawValue) is not on PATH: make test unpacks it") }
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where Prometheus and Alertmanager are missing; under `make test`, which brings them, it fails instead.
    static var withMonitoring: Self {
        .enabled(
            if: Binaries.isStatic || MonitoringProgram.allCases.allSatisfy { $0.path != nil },
            "prometheus, promtool or prometheus-alertmanager is not on PATH: make test unpacks them"
        )
    }
}
