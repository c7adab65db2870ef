import Foundation
import TestSupport
import Testing

/// Labels and tasks that data and models do not share.
@Suite struct LabelTests {
  @Test("evaluating on a label that the model does not have names file, line and label, exit code 65")
  func unknownLabel() throws {
    let folder = try TemporaryFolder()
    let row = #"{"id":"x","text":"Something was said.","sourcing":"oracle"}"# + "\n"
    let path = try folder.write(Fixtures.statements(count: 12) + row, to: "data.jsonl")
    let outcome = try Binary.run(
      ["evaluate", "--model", try Fixtures.sourcingModel(), path], environment: Fixtures.runs())
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("\(path):13"))
    #expect(outcome.errors.contains("oracle"))
    #expect(outcome.errors.contains("person"))
  }

  @Test("a task that the data do not carry names those that they do", arguments: ["train", "data split"])
  func absentTask(command: String) throws {
    let folder = try TemporaryFolder()
    let output = folder.file("out")
    let arguments =
      command == "train"
      ? ["train", try Fixtures.data(), "--task", "mood", "--output", output]
      : ["data", "split", try Fixtures.data(), "--task", "mood", "--folds", "2", "--output", output]
    let outcome = try Binary.run(arguments, environment: Fixtures.runs())
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("mood"))
    #expect(outcome.errors.contains("sourcing"))
    #expect(!FileManager.default.fileExists(atPath: output))
  }

  @Test("evaluating a model on data without its task says which labels there are, exit code 65")
  func evaluateAbsentTask() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(#"{"id":"1","text":"It opened.","stance":"none"}"# + "\n", to: "data.jsonl")
    let outcome = try Binary.run(
      ["evaluate", "--model", try Fixtures.sourcingModel(), path], environment: Fixtures.runs())
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("\(path):1"))
    #expect(outcome.errors.contains("sourcing"))
  }

  @Test("rows with labels for other tasks alone are left out and counted; a row without any label is an error")
  func otherTasks() throws {
    let folder = try TemporaryFolder()
    let more = #"{"text":"It opened.","sourcing":"person"}"# + "\n"
    let path = try folder.write(Fixtures.statements(count: 60) + more + more, to: "data.jsonl")
    let told = "\(path): 2 rows have labels for other tasks and none for stance: left out"
    let evaluated = try Binary.run(
      ["evaluate", "--model", Fixtures.stanceModel(), path, "--resamples", "0"], environment: Fixtures.runs())
    #expect(evaluated.exitCode == 0 && evaluated.errors.contains(told), "\(evaluated.errors)")
    #expect(evaluated.text.contains("60 items"))
    let trained = try Binary.run(
      ["train", path, "--task", "stance", "--preset", "words", "--output", folder.file("model")],
      environment: Fixtures.runs())
    #expect(trained.exitCode == 0 && trained.errors.contains(told), "\(trained.errors)")

    let unlabelled = #"{"text":"It opened.","target":"the dam"}"# + "\n"
    let bare = try folder.write(Fixtures.statements(count: 12) + unlabelled, to: "bare.jsonl")
    let refused = try Binary.run(
      ["evaluate", "--model", Fixtures.stanceModel(), bare], environment: Fixtures.runs())
    #expect(refused.exitCode == 65 && refused.errors.contains("\(bare):13: the row has no label"), "\(refused.errors)")
  }

  @Test("evaluating a row without a target names its file and line")
  func evaluateWithoutTarget() throws {
    let folder = try TemporaryFolder()
    let row = #"{"text":"It opened.","stance":"none"}"# + "\n"
    let path = try folder.write(Fixtures.statements(count: 12) + row, to: "data.jsonl")
    let evaluate = ["evaluate", "--model", try Fixtures.stanceModel(), path, "--resamples", "0"]
    let outcome = try Binary.run(evaluate, environment: Fixtures.runs())
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("\(path):13: ") && outcome.errors.contains("--target"), "\(outcome.errors)")
    #expect(try Binary.run(evaluate + ["--target", "it"], environment: Fixtures.runs()).exitCode == 0)
  }

  @Test("slices by group and by the labels of another task", arguments: ["group", "sourcing", "target"])
  func slices(column: String) throws {
    let outcome = try Binary.run(
      ["evaluate", "--model", Fixtures.stanceModel(), Fixtures.data(), "--resamples", "0", "--slice", column],
      environment: Fixtures.runs())
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.text.contains("Scores by \(column)"))
    let unknown = try Binary.run(
      ["evaluate", "--model", Fixtures.stanceModel(), Fixtures.data(), "--resamples", "0", "--slice", "nothing"],
      environment: Fixtures.runs())
    #expect(unknown.exitCode == 64 && unknown.errors.contains("group, length"), "\(unknown.errors)")
  }

  @Test("one label alone cannot be learnt, exit code 65, and no model is written")
  func oneLabel() throws {
    let folder = try TemporaryFolder()
    let rows = (1...20).map { #"{"text":"The board met on day \#($0).","sourcing":"unattributed"}"# }
    let path = try folder.write(rows.joined(separator: "\n"), to: "data.jsonl")
    let output = folder.file("model")
    let outcome = try Binary.run(
      ["train", path, "--task", "sourcing", "--output", output], environment: Fixtures.runs())
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("two labels"))
    #expect(!FileManager.default.fileExists(atPath: output))
  }

  @Test("stance without any target is an error that says so")
  func missingTarget() throws {
    let outcome = try Binary.run(
      ["score", "-", "--input", "lines", "--model", try Fixtures.stanceModel()], text: "The bridge opens in May.\n")
    #expect(outcome.exitCode == 64)
    #expect(outcome.errors.contains("--target"))
    #expect(outcome.output.isEmpty)
  }

  @Test("a row without a target gets an error in its place, the others an answer")
  func missingRowTarget() throws {
    let rows =
      #"{"id":"a","text":"The dam must go.","target":"the dam"}"# + "\n" + #"{"id":"b","text":"It must go."}"# + "\n"
    let outcome = try Binary.run(
      ["score", "-", "--input", "jsonl", "--model", try Fixtures.stanceModel()], text: rows)
    let objects = try outcome.objects()
    try #require(objects.count == 2)
    #expect(objects[0]["stance"] != nil)
    #expect((objects[1]["error"] as? [String: Any])?["code"] as? String == "missing-column")
    #expect(objects[1]["line"] as? Int == 2)
  }
}
