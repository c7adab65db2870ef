// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target: warnings are errors, every unsafe expression is marked, imports are explicit.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "standpoint",
  products: [
    .library(name: "Standpoint", targets: ["Standpoint"]),
    // The reading of text and the learner alone, for the benchmarks' own package.
    .library(name: "StandpointReading", targets: ["TextProcessing", "Corpus", "FeatureExtraction"]),
    .library(name: "StandpointLearning", targets: ["LinearAlgebra", "Optimization", "Classification"]),
    .executable(name: "standpoint", targets: ["StandpointCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    // Rooms in the order in which data passes through them; a room imports only rooms above it.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev", "pkg-config"])]),
    .target(name: "LinearAlgebra", dependencies: ["COpenBLAS", "CPlatform"], swiftSettings: strict),
    .target(name: "Optimization", dependencies: ["LinearAlgebra"], swiftSettings: strict),
    .target(name: "TextProcessing", dependencies: ["CPlatform"], swiftSettings: strict),
    .target(name: "Corpus", dependencies: ["TextProcessing"], swiftSettings: strict),
    .target(
      name: "FeatureExtraction", dependencies: ["CPlatform", "LinearAlgebra", "TextProcessing", "Corpus"],
      swiftSettings: strict),
    .target(
      name: "Classification", dependencies: ["CPlatform", "LinearAlgebra", "Optimization"], swiftSettings: strict),
    .target(name: "CPlatform"),
    .target(
      name: "ModelStore",
      dependencies: ["CPlatform", "LinearAlgebra", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(name: "Evaluation", dependencies: ["LinearAlgebra"], swiftSettings: strict),
    .target(
      name: "RunRegistry",
      dependencies: ["Corpus", "Evaluation", .product(name: "GRDB", package: "GRDB.swift")], swiftSettings: strict),
    .target(
      name: "Reporting",
      dependencies: ["Corpus", "Evaluation", "RunRegistry", .product(name: "Mustache", package: "swift-mustache")],
      swiftSettings: strict),
    .target(
      name: "Standpoint",
      dependencies: [
        "TextProcessing", "Corpus", "FeatureExtraction", "LinearAlgebra", "Classification", "ModelStore",
        "Optimization", "Evaluation", "RunRegistry", "Reporting",
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "StandpointCLI",
      dependencies: [
        "Standpoint", "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
      ],
      // A link to Datasets/corpora.json, so that the binary knows the corpora wherever it is.
      resources: [.embedInCode("Resources/corpora.json")], swiftSettings: strict),
    // Tests: one target a room, and one that runs the built binary.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "OptimizationTests",
      dependencies: ["Optimization", "LinearAlgebra", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "TextProcessingTests", dependencies: ["TextProcessing", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "CorpusTests", dependencies: ["Corpus", "TextProcessing", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "FeatureExtractionTests",
      dependencies: ["FeatureExtraction", "TextProcessing", "LinearAlgebra", "Corpus", "TestSupport"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "ClassificationTests",
      dependencies: ["Classification", "LinearAlgebra", "Optimization", "TestSupport"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(name: "ModelStoreTests", dependencies: ["ModelStore", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "EvaluationTests", dependencies: ["Evaluation", "TestSupport"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "RunRegistryTests", dependencies: ["RunRegistry", "Evaluation", "Corpus", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "Evaluation", "RunRegistry", "Corpus", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "StandpointTests",
      dependencies: [
        "Standpoint", "Corpus", "FeatureExtraction", "Classification", "ModelStore", "TextProcessing", "LinearAlgebra",
        "Evaluation", "Optimization", "RunRegistry", "TestSupport", "AllocationCounter",
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(name: "CLITests", dependencies: ["StandpointCLI", "ModelStore", "TestSupport"], swiftSettings: strict),
  ]
)
