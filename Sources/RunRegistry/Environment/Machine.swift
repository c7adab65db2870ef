import Foundation
import Glibc

/// What a run ran on: last bits and seconds depend on it.
public struct Machine: Equatable, Sendable {
  /// The name of the host.
  public var host: String
  /// The operating system.
  public var system: String
  /// The model of the processor.
  public var processor: String
  /// The number of processor cores that can be used.
  public var cores: Int
  /// OpenBLAS's build and the kernel that it chose for the processor.
  public var openBLAS: String
  /// The number of threads that OpenBLAS may use.
  public var openBLASThreads: Int
  /// The number of threads of the tool itself.
  public var threads: Int

  /// Creates a description.
  public init(
    host: String, system: String, processor: String, cores: Int, openBLAS: String, openBLASThreads: Int, threads: Int
  ) {
    self.host = host
    self.system = system
    self.processor = processor
    self.cores = cores
    self.openBLAS = openBLAS
    self.openBLASThreads = openBLASThreads
    self.threads = threads
  }

  /// This machine; what only OpenBLAS knows is given.
  public static func current(openBLAS: String, openBLASThreads: Int, threads: Int) -> Machine {
    let processors = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = processors.split(separator: "\n").first { $0.hasPrefix("model name") }
      .flatMap { $0.split(separator: ":", maxSplits: 1).last }
      .map { $0.trimmingCharacters(in: .whitespaces) }
    return Machine(
      host: ProcessInfo.processInfo.hostName, system: ProcessInfo.processInfo.operatingSystemVersionString,
      processor: model ?? "unknown", cores: ProcessInfo.processInfo.activeProcessorCount, openBLAS: openBLAS,
      openBLASThreads: openBLASThreads, threads: threads)
  }

  /// The most memory that this process has held so far, in bytes.
  static var peakMemory: Int {
    var usage = rusage()
    guard unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
    // Linux counts in kibibytes.
    return usage.ru_maxrss * 1024
  }
}
