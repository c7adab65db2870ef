import Corpus
import Foundation
import TestSupport
import Testing

@Suite("StatementWriter")
struct StatementWriterTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(
    _ statements: [Statement], _ format: StatementFormat, task: String? = nil
  ) throws -> String {
    let path = folder.file("out." + format.rawValue)
    let output = try OutputFile(path: path)
    try StatementWriter.write(
      statements, to: output, format: format, task: task)
    try output.commit()
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  private func read(_ format: StatementFormat, tasks: [String] = []) throws -> [Statement] {
    var reader = try StatementReader(.file(folder.file("out." + format.rawValue)), format: format, tasks: tasks)
    var statements: [Statement] = []
    while let statement = try reader.next() { statements.append(statement) }
    return statements
  }

  private func random(_ generator: inout SeededGenerator, _ index: Int) -> Statement {
    let letters = ["a", "B", "\"", ",", "\n", "\t", "é", "😀", " ", "\\", "=", "'"]
    func text(_ least: Int) -> String {
      (0..<Int.random(in: least..<8, using: &generator)).map { _ in letters.randomElement(using: &generator)! }.joined()
    }
    func maybe<T>(_ value: T) -> T? { Bool.random(using: &generator) ? value : nil }
    // A target of spaces alone is none.
    var statement = Statement(id: "s\(index)", text: text(1), target: maybe("x" + text(0)), targetSpan: maybe(0..<3))
    statement.group = maybe("g" + text(0))
    statement.weight = maybe(0.1) ?? 1
    statement.labels = ["stance": "favor", "tone": text(1)]
    if let label = maybe("person") { statement.labels["sourcing"] = label }
    if let value = maybe(text(1)) { statement.attributes["note"] = value }
    return statement
  }

  @Test("what is written as JSONL, CSV or TSV is read back the same", arguments: [StatementFormat.jsonl, .csv, .tsv])
  func roundTrip(_ format: StatementFormat) throws {
    var generator = SeededGenerator(seed: 10)
    for _ in 0..<50 {
      let statements = (0..<5).map { random(&generator, $0) }
      _ = try write(statements, format)
      #expect(try read(format, tasks: ["tone"]) == statements)
    }
  }

  @Test("columns and keys stand in a fixed order, the known tasks before others")
  func order() throws {
    let statement = Statement(
      id: "1", text: "t", labels: ["a": "x", "stance": "favor", "sourcing": "media"], attributes: ["z": "1", "b": "2"])
    #expect(try write([statement], .csv) == "id,text,sourcing,stance,a,b,z\n1,t,media,favor,x,2,1\n")
    #expect(
      try write([statement], .jsonl)
        == #"{"id":"1","text":"t","sourcing":"media","stance":"favor","a":"x","b":"2","z":"1"}"# + "\n")
  }

  @Test("cells that a spreadsheet would run get an apostrophe where that is asked for")
  func formulas() throws {
    func cell(_ text: String, isForSpreadsheet: Bool) -> String {
      var bytes: [UInt8] = []
      TableCell.append(text, isForSpreadsheet: isForSpreadsheet, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    let texts = ["=1+1", "+cmd", "-x", "@a", "\tb", "-1.5", "plain", "=\"a,b\""]
    #expect(
      texts.map { cell($0, isForSpreadsheet: true) }
        == ["'=1+1", "'+cmd", "'-x", "'@a", "'\tb", "-1.5", "plain", "\"'=\"\"a,b\"\"\""])
    #expect(cell("=1+1", isForSpreadsheet: false) == "=1+1")
  }

  @Test("fastText lines carry one label, and refuse what they cannot carry")
  func fastText() throws {
    let statement = Statement(id: "1", text: "two\nlines", labels: ["stance": "favor"])
    #expect(try write([statement], .fastText, task: "stance") == "__label__favor two lines\n")
    #expect(try write([statement], .lines) == "two lines\n")
    for labels in [["stance": "in favor"], ["sourcing": "person"]] {
      #expect(throws: CorpusError.self) {
        _ = try write([Statement(id: "1", text: "t", labels: labels)], .fastText, task: "stance")
      }
    }
    #expect(throws: CorpusError.self) { _ = try write([statement], .fastText) }
  }
}
