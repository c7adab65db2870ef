import Foundation
import Glibc
import TestSupport
import Testing

/// A registry with two evaluated models, made once.
private enum Registry {
  static let folder = Result { try TemporaryFolder() }
  static let environment = Result { ["STANDPOINT_RUNS": try folder.get().file("runs")] }

  /// Trains a model on right labels and one on labels that are swapped, and evaluates both on the same statements; gives
  /// the ids of the evaluations.
  static let evaluations = Result {
    let folder = try Registry.folder.get()
    let right = Fixtures.statements(count: 180)
    let swapped = right.replacing("\"favor\"", with: "\"?\"").replacing("\"none\"", with: "\"favor\"")
      .replacing("\"?\"", with: "\"none\"")
    let test = try folder.write(Fixtures.statements(count: 90, seed: 7), to: "test.jsonl")
    for (name, rows) in [("strong", right), ("weak", swapped)] {
      let data = try folder.write(rows, to: "\(name).jsonl")
      try run([
        "train", data, "--task", "stance", "--preset", "words", "--folds", "0", "--quiet", "--output",
        folder.file(name),
      ])
      try run(["evaluate", "--model", folder.file(name), test, "--resamples", "200"])
    }
    return try run(["runs", "list", "--where", "kind=evaluate", "--columns", "id", "--sort", "id", "--format", "jsonl"])
      .objects().compactMap { $0["id"] as? String }
  }

  @discardableResult
  static func run(_ arguments: [String], expecting code: Int32 = 0) throws -> Outcome {
    let outcome = try Binary.run(arguments, environment: try environment.get(), timeLimit: .seconds(120))
    guard outcome.exitCode == code else {
      throw HarnessError("\(arguments) ended with \(outcome.exitCode): \(outcome.errors)")
    }
    return outcome
  }
}

@Suite("standpoint runs and compare")
struct RunsTests {
  @Test("every training and evaluation leaves a run with its figures")
  func list() throws {
    let ids = try Registry.evaluations.get()
    #expect(ids.count == 2)
    let rows = try Registry.run([
      "runs", "list", "--columns", "kind,status,task,items,macro_f1,seed", "--sort", "macro_f1:desc", "--format", "csv",
    ]).lines
    #expect(rows.count >= 5)
    #expect(rows[0] == "kind,status,task,items,macro_f1,seed")
    #expect(rows[1].hasPrefix("evaluate,finished,stance,90,"))
    let text = try Registry.run(["runs", "list", "--where", "macro_f1>2"]).lines
    #expect(text.count == 2 && text[0].hasPrefix("id"))
  }

  @Test("a run shows its settings, data, machine and metrics, in every format")
  func show() throws {
    let id = try Registry.evaluations.get()[0]
    let text = try Registry.run(["runs", "show", id]).text
    for piece in ["Run \(id)", "Status", "finished", "Macro F1", "test.jsonl", "OpenBLAS"] {
      #expect(text.contains(piece), "\(piece)")
    }
    let record = try #require(
      try JSONSerialization.jsonObject(
        with: Data(Registry.run(["runs", "show", id, "--format", "json"]).output)) as? [String: Any])
    #expect(record["status"] as? String == "finished")
    #expect((record["peak_memory_bytes"] as? Int).map { $0 > 1_000_000 } == true)
    #expect(try Registry.run(["runs", "show", id, "--format", "html"]).text.hasPrefix("<!DOCTYPE html>"))
  }

  @Test("comparing says which is better, and the gate fails where the later one is worse")
  func compare() throws {
    let ids = try Registry.evaluations.get()
    let common = ["--resamples", "300"]
    let text = try Registry.run(["compare", ids[0], ids[1]] + common).text
    #expect(text.contains("weak − strong") && text.contains("Holm"))
    let worse = try Registry.run(
      ["compare", ids[0], ids[1], "--fail-if-worse", "macro_f1:0.01"] + common, expecting: 1)
    #expect(worse.errors.contains("weak is worse than strong in macro_f1 by "))
    #expect(worse.text.contains("weak − strong"))
    try Registry.run(["compare", ids[1], ids[0], "--fail-if-worse", "macro_f1"] + common)
    try Registry.run(["compare", ids[0], ids[1], "--fail-if-worse", "macro-f1:1"] + common)
    for format in ["markdown", "latex", "html", "json"] {
      #expect(try !Registry.run(["compare", ids[0], ids[1], "--format", format] + common).output.isEmpty)
    }
  }

  @Test("runs of one model are told apart by the ends of their ids, a run and itself by a number")
  func oneModel() throws {
    let ids = try Registry.evaluations.get()
    let text = try Registry.run(["compare", ids[0], ids[1], ids[0], "--resamples", "100"]).text
    let end = try #require(ids[0].split(separator: "-").last)
    #expect(text.contains("\nstrong \(end)  ") && text.contains("\nweak ") && text.contains("strong \(end) (2)"))
    #expect(text.contains("strong \(end) (2) − strong \(end)"))
  }

  @Test("a run's folder in the current one needs no slash; what is also the id of a run is that run")
  func bareFolder() throws {
    let ids = try Registry.evaluations.get()
    let folder = try TemporaryFolder()
    let original = try Registry.folder.get().file("runs/\(ids[0])")
    for name in ["baseline", ids[1]] {
      try FileManager.default.copyItem(atPath: original, toPath: folder.file(name))
    }
    try FileManager.default.createDirectory(atPath: folder.file("notes"), withIntermediateDirectories: false)
    func run(_ arguments: [String]) throws -> Outcome {
      try Binary.run(arguments, environment: Registry.environment.get(), after: "cd '\(folder.path)'")
    }
    for (name, id) in [("baseline", ids[0]), (ids[1], ids[1])] {
      let outcome = try run(["runs", "show", name, "--format", "json"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let record = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
      #expect(record?["id"] as? String == id)
    }
    #expect(try run(["compare", "baseline", ids[1], "--resamples", "100"]).text.contains("weak − strong"))
    let refused = try run(["runs", "show", "notes"])
    #expect(refused.exitCode == 66 && refused.errors.contains("no run is called 'notes'"), "\(refused.errors)")
  }

  @Test("the same comparison prints the same bytes on one thread and on two")
  func determinism() throws {
    let ids = try Registry.evaluations.get()
    let arguments = ["compare", ids[0], ids[1], "--format", "json", "--resamples", "300", "--threads"]
    #expect(try Registry.run(arguments + ["1"]).output == Registry.run(arguments + ["2"]).output)
  }

  @Test("runs on different items are refused unless the common ones are asked for")
  func differentItems() throws {
    let ids = try Registry.evaluations.get()
    let folder = try Registry.folder.get()
    let copy = folder.file("fewer")
    try? FileManager.default.removeItem(atPath: copy)
    try FileManager.default.copyItem(atPath: folder.file("runs/\(ids[1])"), toPath: copy)
    let lines = try String(contentsOfFile: "\(copy)/predictions.jsonl", encoding: .utf8).split(separator: "\n")
    try lines.dropLast(10).joined(separator: "\n").write(
      toFile: "\(copy)/predictions.jsonl", atomically: true, encoding: .utf8)
    let refused = try Registry.run(["compare", ids[0], copy, "--resamples", "100"], expecting: 65)
    #expect(refused.errors.contains("80 in both, 10 only in the first"))
    #expect(
      try Registry.run(["compare", ids[0], copy, "--common", "--resamples", "100"]).text.contains("80 common items"))
  }

  @Test("runs on other texts or targets under the same ids are refused, and the item is named")
  func differentTexts() throws {
    let ids = try Registry.evaluations.get()
    let folder = try TemporaryFolder()
    let original = try Registry.folder.get().file("runs/\(ids[1])")
    for (part, old, new) in [
      ("text", #""text":""#, #""text":"Once more: "#), ("target", #""target":"the "#, #""target":"not the "#),
    ] {
      let copy = folder.file(part)
      try FileManager.default.copyItem(atPath: original, toPath: copy)
      let rows = try String(contentsOfFile: "\(copy)/predictions.jsonl", encoding: .utf8)
      try rows.replacing(old, with: new).write(toFile: "\(copy)/predictions.jsonl", atomically: true, encoding: .utf8)
      let refused = try Registry.run(["compare", ids[0], copy, "--resamples", "100"], expecting: 65)
      #expect(refused.errors.contains("the item 's0' has another \(part) in one run"), "\(refused.errors)")
      #expect(refused.errors.contains("evaluate both on the same data"))
    }
  }

  @Test("mistakes are named with the contract's exit codes")
  func mistakes() throws {
    let ids = try Registry.evaluations.get()
    #expect(try Registry.run(["compare", ids[0]], expecting: 64).errors.contains("two runs"))
    #expect(try Registry.run(["compare", ids[0], "nothing"], expecting: 66).errors.contains("'nothing'"))
    #expect(
      try Registry.run(["compare", ids[0], ids[1], "--metric", "f2"], expecting: 64).errors.contains("macro_f1"))
    for (gate, message) in [
      ("macro_f1:x", "found 'x'"), ("accuracy:", "found ''"), ("f1.favor:-1", "found '-1'"),
      ("f2:0.1", "no metric 'f2'"),
    ] {
      let refused = try Registry.run(["compare", ids[0], ids[1], "--fail-if-worse", gate], expecting: 64)
      #expect(refused.errors.contains(message), "\(refused.errors)")
      #expect(refused.errors.contains("margin of 0 or more") != gate.hasPrefix("f2"), "\(refused.errors)")
    }
    #expect(try Registry.run(["runs", "list", "--where", "kind"], expecting: 64).errors.contains("'kind'"))
    #expect(try Registry.run(["runs", "list", "--columns", "id,x"], expecting: 64).errors.contains("'x'"))
    #expect(try Registry.run(["runs", "list", "--columns", ""], expecting: 64).errors.contains("at least one field"))
    #expect(try Registry.run(["runs", "list", "--where", "macro_f1>high"], expecting: 64).errors.contains("number"))
    let nowhere = try Binary.run(["runs", "reindex"], environment: ["STANDPOINT_RUNS": "/nowhere/runs"])
    #expect(nowhere.exitCode == 66 && nowhere.errors.contains("/nowhere/runs: no such folder"))
    let none = try Binary.run(["runs", "list"], environment: ["STANDPOINT_RUNS": "/nowhere/runs"])
    #expect(none.exitCode == 0 && none.errors.contains("/nowhere/runs: no such folder"))
    #expect(try Registry.run(["runs", "reindex", "--format", "csv"], expecting: 64).errors.contains("--format"))
    // A mistake in an option's value is answered with the usage of the command that was given.
    #expect(try Registry.run(["runs", "list", "--format", "mlflow"], expecting: 64).errors.contains("runs list"))
    #expect(try Registry.run(["runs", "export", "--format", "mlflow"], expecting: 64).errors.contains("--output"))
  }

  @Test("a setting that no run has is told, with those that there are")
  func settings() throws {
    _ = try Registry.evaluations.get()
    let outcome = try Registry.run(["runs", "list", "--where", "config.C=3"])
    #expect(outcome.errors.contains("no run has the setting config.C"))
    #expect(outcome.errors.contains("config.learning.inverseRegularization"))
    let known = try Registry.run(["runs", "list", "--where", "config.learning.inverseRegularization>0"])
    #expect(known.errors.isEmpty && known.lines.count > 2)
  }

  @Test("the record of an evaluation holds the model's settings and digest, what was asked for, and the coverage")
  func configuration() throws {
    let id = try Registry.evaluations.get()[0]
    let record = try #require(
      try JSONSerialization.jsonObject(
        with: Data(Registry.run(["runs", "show", id, "--format", "json"]).output)) as? [String: Any])
    let configuration = try #require(record["configuration"] as? [String: Any])
    #expect((configuration["model_digest"] as? String)?.count == 64)
    #expect((configuration["model"] as? [String: Any])?["features"] != nil)
    #expect(configuration["resamples"] as? Int == 200)
    #expect(((record["metrics"] as? [String: Any])?["coverage"] as? [String: Any])?["bca"] is [Double])
    let rows = try Registry.run([
      "runs", "list", "--where", "kind=evaluate", "--where", "status=finished", "--columns",
      "config.resamples,coverage,risk_area", "--format",
      "jsonl",
    ]).objects()
    #expect(rows.allSatisfy { $0["coverage"] as? Double == 1 && ($0["risk_area"] as? Double).map { $0 < 1 } == true })
  }

  @Test("the data of a training are in its record, those for development too")
  func trainingData() throws {
    let folder = try TemporaryFolder()
    let environment = ["STANDPOINT_RUNS": folder.file("runs")]
    let train = try folder.write(Fixtures.statements(count: 90), to: "train.jsonl")
    let dev = try folder.write(Fixtures.statements(count: 30, seed: 9), to: "dev.jsonl")
    let outcome = try Binary.run(
      [
        "train", train, "--task", "stance", "--preset", "words", "--folds", "0", "--dev", dev, "--output",
        folder.file("model"), "--quiet",
      ], environment: environment, timeLimit: .seconds(120))
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let shown = try Binary.run(["runs", "show", "latest", "--format", "json"], environment: environment)
    let record = try #require(try JSONSerialization.jsonObject(with: Data(shown.output)) as? [String: Any])
    let data = try #require(record["data"] as? [[String: Any]])
    #expect(data.map { $0["role"] as? String } == ["dev", "train"])
    #expect(data.map { $0["statements"] as? Int } == [30, 90])
    #expect(data.allSatisfy { ($0["sha256"] as? String)?.count == 64 })
  }

  @Test("files without ids, whose lines are numbered alike, can be evaluated together and compared")
  func repeatedNames() throws {
    _ = try Registry.evaluations.get()
    let models = try Registry.folder.get()
    let folder = try TemporaryFolder()
    let environment = ["STANDPOINT_RUNS": folder.file("runs")]
    let rows = Fixtures.statements(count: 40).replacing(/"id":"s\d+",/, with: "")
    let files = try ["one", "two"].map { try folder.write(rows, to: "\($0).jsonl") }
    for name in ["strong", "weak"] {
      let outcome = try Binary.run(
        ["evaluate", "--model", models.file(name), "--resamples", "0"] + files, environment: environment)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
    }
    let ids = try Binary.run(["runs", "list", "--columns", "id", "--format", "csv"], environment: environment).lines
    let html = try Binary.run(
      ["compare", "--resamples", "100", "--format", "html"] + ids.dropFirst(), environment: environment)
    #expect(html.text.contains("80 common items") && html.text.contains(" (2)<"), "\(html.errors)")
  }

  @Test("a run whose process is killed is shown as killed and harms nothing")
  func killed() throws {
    let folder = try TemporaryFolder()
    let environment = ["STANDPOINT_RUNS": folder.file("runs")]
    let data = try folder.write(Fixtures.statements(count: 20_000), to: "large.jsonl")
    let running = try RunningBinary(
      ["train", data, "--task", "stance", "--preset", "words", "--quiet", "--output", folder.file("model")],
      environment: environment)
    func statuses() throws -> [String] {
      try Binary.run(["runs", "list", "--columns", "status", "--format", "jsonl"], environment: environment)
        .objects().compactMap { $0["status"] as? String }
    }
    let deadline = ContinuousClock.now + .seconds(60)
    while try statuses() != ["running"], .now < deadline {}
    running.send(SIGKILL)
    #expect(try running.finish().wasKilled)
    #expect(try statuses() == ["killed"])
    #expect(!FileManager.default.fileExists(atPath: folder.file("model")))
  }

  @Test("processes that write at once lose no run")
  func together() throws {
    _ = try Registry.evaluations.get()
    let folder = try TemporaryFolder()
    let environment = ["STANDPOINT_RUNS": folder.file("runs")]
    let models = try Registry.folder.get()
    let processes = try (0..<6).map { index in
      try RunningBinary(
        ["evaluate", "--model", models.file(index % 2 == 0 ? "strong" : "weak"), models.file("test.jsonl"), "--quiet"],
        environment: environment)
    }
    for process in processes {
      let outcome = try process.finish()
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
    }
    let rows = try Binary.run(
      ["runs", "list", "--columns", "status,items", "--format", "csv"], environment: environment)
    #expect(rows.lines == ["status,items"] + Array(repeating: "finished,90", count: 6))
  }

  @Test("evaluate draws a learning curve, explains errors, slices, and refuses a slice that is no column")
  func evaluation() throws {
    _ = try Registry.evaluations.get()
    let folder = try Registry.folder.get()
    let arguments = ["evaluate", "--model", folder.file("weak"), folder.file("test.jsonl"), "--resamples", "100"]
    let json = try Registry.run(
      arguments + ["--format", "json", "--slice", "target", "--learning-curve", folder.file("strong.jsonl")])
    let report = try #require(try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
    let points = try #require((report["learning_curve"] as? [String: Any])?["points"] as? [[String: Any]])
    #expect(points.count == 5 && points.last?["training_items"] as? Int == 180)
    let errors = try #require(report["errors"] as? [[String: Any]])
    #expect(errors.first.map { ($0["explanation"] as? String)?.isEmpty == false } == true)
    #expect((report["slices"] as? [[String: Any]])?.first?["attribute"] as? String == "target")
    #expect(try Registry.run(arguments + ["--format", "html"]).text.contains("Confusion matrix"))
    #expect(try Registry.run(arguments + ["--format", "latex"]).text.contains("\\toprule"))
    let refused = try Registry.run(arguments + ["--slice", "nothing"], expecting: 64)
    #expect(refused.errors.contains("'nothing'") && refused.errors.contains("length"))
    // What failed is a run too, and says why.
    #expect(
      try Registry.run(["runs", "list", "--where", "status=failed", "--columns", "failure"]).text.contains("nothing"))
  }

  @Test("an index that is lost or damaged is built anew")
  func reindex() throws {
    let ids = try Registry.evaluations.get()
    let folder = try TemporaryFolder()
    let environment = ["STANDPOINT_RUNS": folder.file("runs")]
    try FileManager.default.createDirectory(atPath: folder.file("runs"), withIntermediateDirectories: true)
    for id in ids {
      try FileManager.default.copyItem(
        atPath: Registry.folder.get().file("runs/\(id)"), toPath: folder.file("runs/\(id)"))
    }
    try folder.write("this is no database, and long enough to be looked at as one", to: "runs/runs.sqlite")
    let failed = try Binary.run(["runs", "list"], environment: environment)
    #expect(failed.exitCode == 74 && failed.errors.contains("runs reindex"))
    #expect(try Binary.run(["runs", "reindex"], environment: environment).errors == "2 runs indexed\n")
    #expect(try Binary.run(["runs", "list"], environment: environment).lines.count == 4)
  }
}

@Suite("standpoint data agreement")
struct DataAgreementTests {
  @Test("annotators' files give kappa, alpha and the statements in dispute")
  func agreement() throws {
    let folder = try TemporaryFolder()
    func file(_ name: String, _ labels: [String?]) throws -> String {
      let rows = labels.enumerated().map { index, label in
        "{\"id\":\"\(index)\",\"text\":\"Statement \(index).\"\(label.map { ",\"stance\":\"\($0)\"" } ?? "")}"
      }
      return try folder.write(rows.joined(separator: "\n") + "\n", to: name)
    }
    let anna = try file("anna.jsonl", ["favor", "against", "favor", "against", nil])
    let ben = try file("ben.jsonl", ["favor", "favor", "favor", "against", "none"])
    let outcome = try Binary.run(["data", "agreement", anna, ben, "--format", "json"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    let pair = try #require((report["pairs"] as? [[String: Any]])?.first)
    #expect((pair["cohen_kappa"] as? [String: Any])?["value"] as? Double == 0.5)
    #expect((report["disagreements"] as? [[String: Any]])?.map { $0["id"] as? String } == ["1"])
    let text = try Binary.run(["data", "agreement", anna, ben, "--task", "stance"]).text
    #expect(text.contains("anna, ben") && text.contains("Krippendorff"))
    let other = try folder.write(#"{"id":"0","text":"Something else.","stance":"favor"}"# + "\n", to: "other.jsonl")
    let refused = try Binary.run(["data", "agreement", anna, other])
    #expect(refused.exitCode == 65 && refused.errors.contains("'0' has another text"), "\(refused.errors)")
    let rows = String(decoding: try Data(contentsOf: URL(fileURLWithPath: ben)), as: UTF8.self)
    let broken = try folder.write(rows + "nonsense\n", to: "broken.jsonl")
    let strict = try Binary.run(["data", "agreement", anna, broken])
    #expect(strict.exitCode == 65 && strict.errors.contains("\(broken):6:"), "\(strict.errors)")
    let lenient = try Binary.run(["data", "agreement", anna, broken, "--format", "json", "--on-error", "emit"])
    #expect(lenient.exitCode == 0 && lenient.errors.contains("1 bad row was left out"), "\(lenient.errors)")
    #expect(try Binary.run(["data", "agreement", anna]).exitCode == 64)
    #expect(try Binary.run(["data", "agreement", anna, folder.file("none.jsonl")]).exitCode == 66)
  }
}
