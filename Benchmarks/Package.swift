// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what only benchmarks need never burdens a user of the library.
let package = Package(
  name: "standpoint-benchmarks",
  dependencies: [.package(name: "standpoint", path: "..")],
  targets: [
    .executableTarget(
      name: "standpoint-fit",
      dependencies: [.product(name: "StandpointLearning", package: "standpoint")],
      path: "Peers/Sources",
      swiftSettings: [.treatAllWarnings(as: .error)]),
    // A link to what counts allocations in the tests.
    .target(name: "AllocationCounter", path: "Suite/AllocationCounter"),
    .executableTarget(
      name: "standpoint-suite",
      dependencies: [
        "AllocationCounter", .product(name: "Standpoint", package: "standpoint"),
        .product(name: "StandpointReading", package: "standpoint"),
        .product(name: "StandpointLearning", package: "standpoint"),
      ],
      path: "Suite/Sources",
      swiftSettings: [.treatAllWarnings(as: .error)]),
  ]
)
