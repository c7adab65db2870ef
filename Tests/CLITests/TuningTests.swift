import Foundation
import Glibc
import TestSupport
import Testing

@Suite("train --tune")
struct TuningTests {
  @Test("Ctrl-C keeps the best so far, and the command that it prints makes the same model again")
  func interrupt() throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Fixtures.statements(count: 900), to: "it's data.jsonl")
    let model = folder.file("tuned")
    let running = try RunningBinary(
      [
        "train", data, "--task", "stance", "--word-vectors", "none", "--tune", "--metric=accuracy", "--output", model,
        "--no-color",
      ], environment: Fixtures.runs(), timeLimit: .seconds(240))
    try running.waitForErrors(containing: "trial 1 ")
    running.send(SIGINT)
    let outcome = try running.finish()
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("interrupted"))
    let command = try #require(outcome.errors.split(separator: "\n").first { $0.hasPrefix("the same model again: ") })
      .dropFirst("the same model again: standpoint ".count)
    #expect(!command.contains("--tune") && !command.contains("--metric"))

    // The figures are those of a choice, and everything that states them says so.
    for file in ["README.md", "metrics.json"] {
      let text = try String(contentsOfFile: model + "/" + file, encoding: .utf8)
      #expect(text.contains("on which the settings were chosen, the best of "), "\(file)")
    }
    let configuration =
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: model + "/config.json"))) as? [String: Any]
    let tuning = try #require(configuration?["tuning"] as? [String: Any])
    #expect(tuning["metric"] as? String == "accuracy" && (tuning["trials"] as? Int ?? 0) > 0)

    let weights = try Data(contentsOf: URL(filePath: model + "/model.safetensors"))
    try FileManager.default.removeItem(atPath: model)
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", "exec '\(try Binary.path())' \(command)"]
    shell.environment = Binary.environment.merging(try Fixtures.runs()) { $1 }
    shell.standardError = FileHandle.nullDevice
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
    #expect(try Data(contentsOf: URL(filePath: model + "/model.safetensors")) == weights)
  }
}
