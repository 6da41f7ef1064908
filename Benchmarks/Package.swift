// swift-tools-version: 6.2
import PackageDescription

/// The compiler settings of the product, here too.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "gatewarden-benchmarks",
    products: [
        .executable(name: "gatewarden-bench", targets: ["GatewardenBench"])
    ],
    dependencies: [
        // Flags and help of the benchmark tool.
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        // What the metric registry is the backend of.
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.10.0"),
    ],
    targets: [
        .target(name: "CBenchmark"),
        // The supervised program: static C (0.6 ms from spawn to its report), so that little of a figure is its own start.
        .executableTarget(
            name: "BenchmarkChild",
            linkerSettings: [.unsafeFlags(["-static-executable"])]
        ),
        // The engine itself: the folder is a link to the product's sources, so that nothing else of it is built.
        .target(name: "Supervision", swiftSettings: strict),
        .target(name: "CAllocations"),
        .executableTarget(
            name: "EngineBench",
            dependencies: ["CAllocations", "Supervision"],
            swiftSettings: strict
        ),
        // The metric registry, by a link in the same way.
        .target(
            name: "Exposition",
            dependencies: [.product(name: "CoreMetrics", package: "swift-metrics")],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ExpositionBench",
            dependencies: ["CAllocations", "Exposition"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ParserBench",
            dependencies: ["CAllocations", "Exposition"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "GatewardenBench",
            dependencies: [
                "BenchmarkChild", "CBenchmark", "EngineBench", "ExpositionBench", "ParserBench",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
    ]
)
