import Foundation
import TestSupport
import Testing

/// `standpoint data convert`.
@Suite struct DataConvertTests {
  @Test("through CSV or TSV and back gives the same rows", arguments: ["csv", "tsv"])
  func tables(format: String) throws {
    let folder = try TemporaryFolder()
    let rows = """
      {"id":"a, \\"b\\"","text":"Two\\nlines, a \\"quote\\"\\tand a tab","target":"the dam","target_span":[0,3],"group":"g","sourcing":"person"}
      {"id":"=1+1","text":"日本語 e\u{301}","group":"h","weight":0.5,"stance":"none","note":"kept"}

      """
    let original = try folder.write(rows, to: "rows.jsonl")
    let table = folder.file("rows.\(format)")
    #expect(try Binary.run(["data", "convert", original, "--output", table]).exitCode == 0)
    let back = try Binary.run(["data", "convert", table])
    #expect(back.exitCode == 0, "\(back.errors)")
    #expect(back.text == rows)
  }

  @Test("fastText lines carry the labels of one task")
  func fastText() throws {
    let text = #"{"id":"1","text":"It\nrained.","stance":"none","sourcing":"person"}"# + "\n"
    let convert = ["data", "convert", "-", "--data-format", "jsonl", "--to", "fasttext"]
    let outcome = try Binary.run(convert + ["--task", "stance"], text: text)
    #expect(outcome.text == "__label__none It rained.\n")
    let noTask = try Binary.run(convert, text: text)
    #expect(noTask.exitCode == 64)
    #expect(noTask.errors.contains("--task"))
    let unlabelled = try Binary.run(convert + ["--task", "mood"], text: text)
    #expect(unlabelled.exitCode == 65)
    #expect(unlabelled.errors.contains("mood"))
  }

  @Test("a label that fastText cannot hold is named with the file and line that it comes from")
  func fastTextPlace() throws {
    let folder = try TemporaryFolder()
    let rows = #"{"text":"one","stance":"none"}"# + "\n" + #"{"id":"b","text":"two","stance":"quite in favor"}"# + "\n"
    let path = try folder.write(rows, to: "rows.jsonl")
    let outcome = try Binary.run(["data", "convert", path, "--to", "fasttext", "--task", "stance"])
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("\(path):2: invalid value"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("standard output"))
  }

  @Test("all bad rows are named in one run, exit code 65")
  func badRows() throws {
    let rows = #"{"text":"one"}"# + "\n{\n" + #"{"text":"two"}"# + "\n[]\n"
    let outcome = try Binary.run(["data", "convert", "-", "--data-format", "jsonl"], text: rows)
    #expect(outcome.exitCode == 65)
    #expect(outcome.lines.count == 2)
    for place in ["standard input:2", "standard input:4", "2 bad rows"] { #expect(outcome.errors.contains(place)) }
    let one = try Binary.run(["data", "convert", "-", "--data-format", "jsonl", "--max-errors", "0"], text: rows)
    #expect(one.exitCode == 65)
    #expect(one.errors.contains("standard input:2") && !one.errors.contains("standard input:4"))
  }

  @Test("the original files of a public corpus become statements with Standpoint's labels")
  func corpus() throws {
    let folder = try TemporaryFolder()
    // Invented rows in the form of the corpus.
    try folder.write(
      "Tweet,Target,Stance\nBuild the dam now,The Dam,FAVOR\n\"No, thanks\",The Dam,AGAINST\n", to: "raw_val_biden.csv")
    for name in ["bernie", "trump"] {
      try folder.write("Tweet,Target,Stance\nWho knows,X,NONE\n", to: "raw_val_\(name).csv")
    }
    let whole = try Binary.run(["data", "convert", "--from", "p-stance", "--split", "val", folder.path])
    #expect(whole.exitCode == 0, "\(whole.errors)")
    #expect(try whole.objects().map { $0["stance"] as? String } == ["none", "favor", "against", "none"])
    let single = try Binary.run(["data", "convert", "--from", "p-stance", folder.file("raw_val_biden.csv")])
    #expect(try single.objects().map { $0["text"] as? String } == ["Build the dam now", "No, thanks"])
    let noPart = try Binary.run(["data", "convert", "--from", "p-stance", folder.path])
    #expect(noPart.exitCode == 64)
    #expect(noPart.errors.contains("train, val, test"))
    let missing = try Binary.run(["data", "convert", "--from", "p-stance", "--split", "test", folder.path])
    #expect(missing.exitCode == 66)
    #expect(missing.errors.contains("raw_test_bernie.csv"))
  }
}
