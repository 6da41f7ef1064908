// swift-tools-version: 6.2
import PackageDescription

/// The compiler settings of every target: the strictest that the toolchain offers.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "gatewarden",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "gatewarden", targets: ["gatewarden"]),
        .executable(name: "standin-benthos", targets: ["StandinBenthos"]),
        .executable(name: "standin-redpanda", targets: ["StandinRedpanda"]),
    ],
    dependencies: [
        // The event loops under every socket of the gateway.
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        // TLS of the operator's endpoints; async-http-client brings it along anyway.
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        // The HTTP server of the operator's endpoints; without traits it stays clear of full Foundation.
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0", traits: []),
        // The HTTP client of probes and of the command line (TCP and Unix sockets).
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        // The logging interface that all libraries above speak.
        .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
        // The instrumentation interface whose backend `Exposition` is.
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.10.0"),
        // Commands, flags, help and completions of the command line.
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        // Ordered start and graceful shutdown of the gateway's long-running parts.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.10.0"),
        // Typed paths, descriptors and errno.
        .package(url: "https://github.com/apple/swift-system.git", from: "1.6.0"),
    ],
    targets: [
        // MARK: Engine
        .target(name: "Supervision", swiftSettings: strict),
        .target(name: "SupervisionTesting", dependencies: ["Supervision"], swiftSettings: strict),

        // MARK: Processes
        .target(name: "CProcessControl"),
        .target(name: "ProcessControl", dependencies: ["CProcessControl", system], swiftSettings: strict),

        // MARK: Store
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "StateStore", dependencies: ["Supervision", "CSQLite"], swiftSettings: strict),

        // MARK: Observability
        .target(name: "MetricSelection", swiftSettings: strict),
        .target(name: "Exposition", dependencies: [metrics], swiftSettings: strict),
        .target(name: "CJSONLogging"),
        .target(name: "JSONLogging", dependencies: ["CJSONLogging", logging], swiftSettings: strict),

        // MARK: What the binary brings along
        .target(name: "CEmbeddedFiles"),
        .target(name: "EmbeddedFiles", dependencies: ["CEmbeddedFiles"], swiftSettings: strict),

        // MARK: Configuration
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "YAML", dependencies: ["CYAML"], swiftSettings: strict),
        .target(name: "GatewayConfiguration", dependencies: ["YAML", "MetricSelection"], swiftSettings: strict),

        // MARK: Workers
        .target(
            name: "Probes",
            dependencies: ["ProcessControl", "Exposition", "MetricSelection", httpClient] + nio,
            swiftSettings: strict
        ),
        .target(
            name: "Workers",
            dependencies: [
                "Supervision", "ProcessControl", "Probes", "GatewayConfiguration", "Exposition", httpClient,
            ] + nio,
            swiftSettings: strict
        ),

        // MARK: Operator
        // Compressed answers: what scrapers ask for.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "Compression", dependencies: ["CZlib", "CZstd"], swiftSettings: strict),
        // bcrypt for the passwords of a web.config.
        .systemLibrary(name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),
        .target(name: "Bcrypt", dependencies: ["CCrypt"], swiftSettings: strict),
        .target(
            name: "OperatorHTTP",
            dependencies: [
                "Bcrypt", "Compression", "EmbeddedFiles", hummingbird, hummingbirdCore, httpClient, logging, nioSSL,
                nioTLS, serviceLifecycle,
            ] + nio,
            swiftSettings: strict
        ),

        // MARK: Gateway
        .target(
            name: "Gateway",
            dependencies: [
                "Supervision", "StateStore", "ProcessControl", "Exposition", "JSONLogging", "GatewayConfiguration",
                "Workers", "Probes", "OperatorHTTP", "Bcrypt", "EmbeddedFiles", logging, metrics, serviceLifecycle,
                unixSignals, httpClient, system,
            ] + nio,
            swiftSettings: strict
        ),
        .executableTarget(
            name: "gatewarden",
            dependencies: [
                "Gateway", "GatewayConfiguration", "OperatorHTTP", "ProcessControl", "Exposition", argumentParser,
                logging, system,
            ],
            swiftSettings: strict
        ),

        // MARK: Stand-ins, outside the product binary
        .target(
            name: "Standins",
            dependencies: ["YAML"] + nio,
            path: "Sources/Standins/Shared",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "StandinBenthos",
            dependencies: ["Standins"],
            path: "Sources/Standins/Benthos",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "StandinRedpanda",
            dependencies: ["Standins"],
            path: "Sources/Standins/Redpanda",
            swiftSettings: strict
        ),

        // MARK: Tests
        .testTarget(
            name: "SupervisionTests",
            dependencies: ["Supervision", "SupervisionTesting"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ProcessFixture",
            dependencies: ["ProcessControl", system],
            path: "Tests/ProcessFixture",
            swiftSettings: strict
        ),
        .testTarget(
            name: "ProcessControlTests",
            dependencies: ["ProcessControl", "ProcessFixture", system],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "StoreWriter",
            dependencies: ["StateStore", "Supervision"],
            path: "Tests/StoreWriter",
            swiftSettings: strict
        ),
        .testTarget(
            name: "StateStoreTests",
            dependencies: ["StateStore", "StoreWriter", "Supervision", "SupervisionTesting", "CSQLite"],
            swiftSettings: strict
        ),
        .testTarget(name: "MetricSelectionTests", dependencies: ["MetricSelection"], swiftSettings: strict),
        .testTarget(
            name: "ExpositionTests", dependencies: ["Exposition", "Supervision", metrics], swiftSettings: strict),
        // Outside of the tests that run it: it takes the place of a function of the C library.
        .executableTarget(
            name: "JournalFixture",
            path: "Tests/JournalFixture",
            linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic"])]
        ),
        .testTarget(
            name: "JSONLoggingTests",
            dependencies: ["JSONLogging", "SupervisionTesting", logging],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EmbeddedFilesTests",
            dependencies: ["EmbeddedFiles", "YAML", system],
            swiftSettings: strict
        ),
        .testTarget(name: "YAMLTests", dependencies: ["Supervision", "YAML"], swiftSettings: strict),
        .testTarget(
            name: "GatewayConfigurationTests",
            dependencies: ["GatewayConfiguration", "MetricSelection", "Supervision", "YAML"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ProbesTests",
            dependencies: ["Probes", "ProcessControl", "MetricSelection", httpClient, system] + nio,
            swiftSettings: strict
        ),
        .testTarget(
            name: "WorkersTests",
            dependencies: [
                "Workers", "Supervision", "SupervisionTesting", "ProcessControl", "Probes", "MetricSelection",
                "YAML", httpClient, system,
            ] + nio,
            swiftSettings: strict
        ),
        .testTarget(name: "CompressionTests", dependencies: ["Compression", "CZlib", "CZstd"], swiftSettings: strict),
        .testTarget(name: "BcryptTests", dependencies: ["Bcrypt"], swiftSettings: strict),
        .testTarget(
            name: "OperatorHTTPTests",
            dependencies: [
                "OperatorHTTP", "Bcrypt", "EmbeddedFiles", httpClient, logging, nioEmbedded, serviceLifecycle,
            ] + nio,
            swiftSettings: strict
        ),
        .target(
            name: "StandinsTesting",
            dependencies: nio,
            path: "Tests/StandinsTesting",
            swiftSettings: strict
        ),
        .testTarget(
            name: "StandinsTests",
            dependencies: ["StandinsTesting"],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SituationTests",
            dependencies: [
                "Workers", "Supervision", "SupervisionTesting", "ProcessControl", "Probes", "YAML", "StandinsTesting",
                httpClient, system,
            ] + nio,
            swiftSettings: strict
        ),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "Gateway", "EmbeddedFiles", "OperatorHTTP", "ProcessControl", "YAML", "StandinsTesting",
                "SupervisionTesting", httpClient, system,
            ] + nio,
            swiftSettings: strict
        ),
    ],
    // `#embed`, with which files come into the binary, is of C23.
    cLanguageStandard: .gnu2x
)
