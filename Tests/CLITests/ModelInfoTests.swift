import Foundation
import TestSupport
import Testing

/// `standpoint model info`.
@Suite struct ModelInfoTests {
  @Test("the text names task, labels, training data, size, tool and files")
  func text() throws {
    let outcome = try Binary.run(["model", "info", try Fixtures.sourcingModel()])
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors.isEmpty)
    for word in ["sourcing", "person, organization, unattributed", "SHA-256", "standpoint 0.", "model.safetensors"] {
      #expect(outcome.text.contains(word), "\(word) in \(outcome.text)")
    }
  }

  @Test("the text shows what was measured: a table for each measurement, the main figures with intervals")
  func scores() throws {
    let text = try Binary.run(["model", "info", try Fixtures.sourcingModel()]).text
    #expect(text.contains("\nCross-validation on the training data"))
    #expect(text.contains("value [95 % interval]"))
    for figure in ["Macro F1", "Accuracy", "Expected calibration error"] {
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(figure + " ") }, "\(figure) in \(text)")
      #expect(line.contains(#/ \d\.\d{3} \[\d\.\d{3}, \d\.\d{3}\]$/#), "\(line)")
    }
    // All was answered.
    #expect(!text.contains("\nCoverage"))
  }

  @Test("what is intact and what is not is told as JSON too, and other forms are refused")
  func verification() throws {
    let model = try Fixtures.stanceModel()
    let outcome = try Binary.run(["model", "verify", model, "/nowhere/model", "--format", "json"])
    #expect(outcome.exitCode == 66)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    let models = try #require(object["models"] as? [[String: Any]])
    #expect(models.map { $0["model"] as? String } == [model, "/nowhere/model"])
    #expect(models.map { $0["intact"] as? Bool } == [true, false])
    #expect((models.last?["problem"] as? String)?.contains("no such model") == true)
    #expect(try Binary.run(["model", "verify", model, "--format", "csv"]).exitCode == 64)
  }

  @Test("the JSON holds configuration, metrics and every file's digest")
  func json() throws {
    let outcome = try Binary.run(["model", "info", try Fixtures.stanceModel(), "--format", "json"])
    #expect(outcome.exitCode == 0)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    #expect(object["task"] as? String == "stance")
    #expect(object["labels"] as? [String] == ["favor", "against", "none"])
    #expect(object["needs_target"] as? Bool == true)
    #expect((object["training_data_sha256"] as? String)?.count == 64)
    #expect(object["configuration"] is [String: Any])
    #expect(object["metrics"] != nil)
    let files = try #require(object["files"] as? [[String: Any]])
    #expect(files.map { $0["name"] as? String } == ["README.md", "config.json", "metrics.json", "model.safetensors"])
    #expect(files.allSatisfy { ($0["sha256"] as? String)?.count == 64 })
  }
}
