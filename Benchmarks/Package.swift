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
      swiftSettings: [.treatAllWarnings(as: .error)])
  ]
)
