import Foundation
import TestSupport
import Testing

/// `--min-confidence` and `--min-precision` through the binary.
@Suite struct AbstentionTests {
  private let texts = "The tram line opens in May.\nIt must be stopped, he said.\n\n"

  private func answers(_ arguments: [String]) throws -> [[String: Any]] {
    let outcome = try Binary.run(
      ["score", "-", "--input", "lines", "--model", try Fixtures.sourcingModel()] + arguments, text: texts)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    return try outcome.objects().compactMap { $0["sourcing"] as? [String: Any] }
  }

  @Test("score abstains below a probability for all labels or for one, which goes before all in any order")
  func minimumConfidence() throws {
    let plain = try answers([])
    let label = try #require(plain[0]["label"] as? String)
    let other = try #require((plain[0]["probabilities"] as? [String: Any])?.keys.first { $0 != label })
    for (options, withheld) in [
      (["--min-confidence", "1"], true), (["--min-confidence", "\(label)=1"], true),
      (["--min-confidence", "1", "--min-confidence", "\(label)=0"], false),
      (["--min-confidence", "\(label)=0", "--min-confidence", "1"], false),
      (["--min-confidence", "\(label)=1", "--min-confidence", "0"], true),
      (["--min-confidence", "\(label)=1", "--min-confidence", "\(label)=0"], false),
      (["--min-confidence", "\(other)=1"], false),
    ] {
      let answer = try #require(try answers(options).first)
      #expect((answer["label"] is NSNull) == withheld, "\(options)")
      #expect((answer["abstain"] as? String == "low-confidence") == withheld, "\(options)")
      #expect(answer["probabilities"] != nil)
    }
    #expect(try answers(["--min-confidence", "1"])[2]["abstain"] as? String == "empty")
  }

  @Test(
    "a threshold that is no probability, or for no label, is a usage error that names the labels or the form",
    arguments: ["2", "x", "=0.5", "oracle=0.5", "person=", "nan"])
  func badThreshold(value: String) throws {
    let outcome = try Binary.run(
      ["score", "-", "--input", "lines", "--model", try Fixtures.sourcingModel(), "--min-confidence", value],
      text: texts)
    #expect(outcome.exitCode == 64)
    #expect(outcome.errors.contains(value == "oracle=0.5" ? "organization" : "label=number"), "\(outcome.errors)")
  }

  @Test("train --min-precision stores thresholds, the card states the coverage, evaluate and compare count abstentions")
  func minimumPrecision() throws {
    let folder = try TemporaryFolder()
    let model = folder.file("model")
    let runs = ["STANDPOINT_RUNS": folder.file("runs")]
    // Labels at random for every sixth row: no model is right about these.
    var rows = Fixtures.statements(count: 360).split(separator: "\n").map(String.init)
    for index in stride(from: 0, to: rows.count, by: 6) {
      let label = ["person", "organization", "unattributed"][index / 6 % 3]
      rows[index] = #"{"text":"Matter \#(index * 7) was raised at \#(index % 11).","sourcing":"\#(label)"}"#
    }
    let data = try folder.write(rows.joined(separator: "\n"), to: "data.jsonl")
    let trained = try Binary.run(
      [
        "train", data, "--task", "sourcing", "--output", model, "--min-precision", "0.9", "--min-precision",
        "unattributed=0.5",
      ], environment: runs)
    #expect(trained.exitCode == 0, "\(trained.errors)")
    let card = try String(contentsOfFile: model + "/README.md", encoding: .utf8)
    #expect(card.contains("abstains where") && card.contains("The model answered"))
    #expect(try Binary.run(["model", "info", model]).text.contains("\nCoverage "))
    let evaluated = try Binary.run(
      ["evaluate", "--model", model, data, "--resamples", "0", "--format", "json"], environment: runs)
    let report = try #require(try JSONSerialization.jsonObject(with: Data(evaluated.output)) as? [String: Any])
    let coverage = try #require(report["coverage"] as? [String: Any])
    let answered = try #require(coverage["answered"] as? Int)
    #expect(coverage["items"] as? Int == 360 && answered < 360 && answered > 0)
    #expect(report["items"] as? Int == answered)
    _ = try Binary.run(
      ["evaluate", "--model", model, data, "--resamples", "0", "--min-confidence", "0"], environment: runs)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("runs")).filter { $0.hasPrefix("2") }
    let last = names.sorted().suffix(2)
    let strict = try Binary.run(["compare"] + last + ["--resamples", "100"], environment: runs)
    #expect(strict.exitCode == 65 && strict.errors.contains("--common"), "\(strict.errors)")
    let common = try Binary.run(["compare"] + last + ["--resamples", "100", "--common"], environment: runs)
    #expect(common.exitCode == 0 && common.text.contains("Macro F1"), "\(common.errors)")
  }

  @Test(
    "train --min-precision without folds or for no label is a usage error",
    arguments: [
      ["--min-precision", "0.9", "--folds", "0"], ["--min-precision", "oracle=0.9"],
    ])
  func badPrecision(options: [String]) throws {
    let folder = try TemporaryFolder()
    let outcome = try Binary.run(
      ["train", try Fixtures.data(), "--task", "sourcing", "--output", folder.file("never")] + options,
      environment: Fixtures.runs())
    #expect(outcome.exitCode == 64, "\(outcome.errors)")
  }
}
