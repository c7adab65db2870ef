import Corpus
import Foundation
import TestSupport
import Testing

@Suite("StatementReader")
struct StatementReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Reads all rows; errors go into their own list.
  private func read(
    _ text: String, as name: String, tasks: [String] = [], purpose: ReadingPurpose = .training, limit: Int = 1 << 20
  ) throws -> (statements: [Statement], errors: [CorpusError]) {
    try read(Array(text.utf8), as: name, tasks: tasks, purpose: purpose, limit: limit)
  }

  private func read(
    _ bytes: [UInt8], as name: String, tasks: [String] = [], purpose: ReadingPurpose = .training, limit: Int = 1 << 20
  ) throws -> (statements: [Statement], errors: [CorpusError]) {
    let path = try folder.write(bytes, to: name)
    var reader = try StatementReader(.file(path), tasks: tasks, purpose: purpose, maximumLineBytes: limit)
    var result: (statements: [Statement], errors: [CorpusError]) = ([], [])
    while true {
      do throws(CorpusError) {
        guard let statement = try reader.next() else { return result }
        result.statements.append(statement)
      } catch {
        #expect(error.line == reader.line || !error.isRecoverable)
        result.errors.append(error)
      }
    }
  }

  private let full = Statement(
    id: "7", text: "Örsted backs NATO.", target: "NATO", targetSpan: 13..<17, group: "a1",
    labels: ["stance": "favor", "sourcing": "person", "tone": "warm"], weight: 0.5,
    attributes: ["outlet": "Daily", "year": "2024", "quoted": "true"])

  @Test("JSONL, CSV and TSV give the same statement")
  func formats() throws {
    let json = """
      {"id":7,"text":"Örsted backs NATO.","target":"NATO","target_span":[13,17],"group":"a1","stance":"favor",\
      "sourcing":"person","tone":"warm","weight":0.5,"outlet":"Daily","year":2024,"quoted":true,"spans":{"a":[1]},"none":null}
      """
    #expect(try read(json, as: "a.jsonl", tasks: ["tone"]).statements == [full])
    let header = [
      "id", "text", "target", "target_span", "group", "stance", "sourcing", "tone", "weight", "outlet", "year",
      "quoted",
    ]
    let fields = [
      "7", "Örsted backs NATO.", "NATO", "[13, 17]", "a1", "favor", "person", "warm", "0.5", "Daily", "2024", "true",
    ]
    let csv = header.joined(separator: ",") + "\n" + fields.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
    #expect(try read(csv, as: "a.csv", tasks: ["tone"]).statements == [full])
    let tsv = "\u{FEFF}" + header.joined(separator: "\t") + "\r\n" + fields.joined(separator: "\t") + "\r\n"
    #expect(try read(tsv, as: "a.tsv", tasks: ["tone"]).statements == [full])
  }

  @Test("without an id, the id is the line number")
  func lineNumbersAsIDs() throws {
    #expect(try read("{\"text\":\"a\"}\n\n{\"text\":\"b\"}", as: "a.jsonl").statements.map(\.id) == ["1", "3"])
    #expect(try read("text\na\n\"b\nc\"\nd", as: "a.csv").statements.map(\.id) == ["2", "3", "5"])
  }

  @Test("fastText lines give one label and their text")
  func fastText() throws {
    let result = try read(
      "__label__favor NATO is good.\n\n__label__none\tWell.\r\nno label\n", as: "a.txt", tasks: ["stance"])
    #expect(result.statements.map(\.labels) == [["stance": "favor"], ["stance": "none"]])
    #expect(result.statements.map(\.text) == ["NATO is good.", "Well."])
    #expect(result.errors.map(\.kind) == [.missingLabel])
    #expect(result.errors.first?.line == 4)
    #expect(result.errors.first?.message.contains("__label__") == true)
  }

  @Test("bare lines are statements, the empty ones too")
  func bareLines() throws {
    let result = try read("one\n\n  two \n", as: "a.txt", purpose: .scoring)
    #expect(result.statements.map(\.text) == ["one", "", "  two "])
  }

  @Test("for scoring each line of JSON is a statement or an error, in order")
  func scoring() throws {
    let text =
      "{\"text\":\"a\",\"stance\":7,\"weight\":\"x\"}\n\n[1]\n{\"id\":\"q\"}\n{\"text\":5}\n{\"text\":\"b\"} x\n{\"text\":\"c\"}"
    let result = try read(text, as: "a.jsonl", purpose: .scoring)
    #expect(result.statements.map(\.text) == ["a", "c"])
    #expect(result.statements.map(\.labels) == [[:], [:]])
    #expect(result.errors.map(\.kind) == [.emptyLine, .invalidJSON, .missingColumn, .invalidValue, .invalidJSON])
    #expect(result.errors.map(\.line) == [2, 3, 4, 5, 6])
  }

  @Test("invalid UTF-8 is an error in training and U+FFFD in scoring")
  func invalidUTF8() throws {
    for (name, before, after) in [("a.jsonl", "{\"text\":\"a", "\"}\n"), ("a.csv", "text\na", "\n")] {
      let bytes = Array(before.utf8) + [0xFF] + Array(after.utf8)
      #expect(try read(bytes, as: name).errors.map(\.kind) == [.invalidUTF8])
      #expect(try read(bytes, as: name, purpose: .scoring).statements.map(\.text) == ["a\u{FFFD}"])
    }
  }

  @Test("a ragged row names its line and both counts, and the next row is read")
  func raggedRow() throws {
    let result = try read("text,stance\na,favor\nb\nc,none,x\nd,none\n", as: "a.csv")
    #expect(result.statements.map(\.text) == ["a", "d"])
    #expect(result.errors.map(\.line) == [3, 4])
    #expect(result.errors[0].message.contains("expected 2 fields as in the header, found 1"))
  }

  @Test(
    "a wrong value names its column",
    arguments: [
      ("{\"text\":\"a\",\"weight\":-1}", "weight"), ("{\"text\":\"a\",\"weight\":\"many\"}", "weight"),
      ("{\"text\":\"a\",\"target_span\":[3]}", "target_span"),
      ("{\"text\":\"a\",\"target_span\":[3,1]}", "target_span"),
      ("{\"text\":\"a\",\"target_span\":[0.5,1]}", "target_span"), ("{\"text\":\"a\",\"target\":{}}", "target"),
      ("{\"text\":\"a\",\"stance\":[1]}", "stance"), ("{\"text\":\"a\",\"text\":\"b\"}", "text"),
      ("{\"id\":\"a\"}", "text"),
    ])
  func wrongValues(row: String, column: String) throws {
    let errors = try read(row, as: "a.jsonl").errors
    #expect(errors.map(\.column) == [column])
    #expect(errors.first?.line == 1)
  }

  @Test("a text that is null is told from one that is not there")
  func nullText() throws {
    for purpose in [ReadingPurpose.training, .scoring] {
      let errors = try read("{\"id\":\"a\",\"text\":null}\n{\"id\":\"a\"}\n", as: "a.jsonl", purpose: purpose).errors
      #expect(errors.map(\.kind) == [.missingColumn, .missingColumn])
      #expect(errors.first?.message.contains("expected a string, found null; give each row its text") == true)
      #expect(errors.last?.message.contains("found the keys id;") == true)
    }
  }

  @Test("a header without text, or with a name twice, is an error")
  func headers() throws {
    func kind(_ text: String) -> CorpusError.Kind? {
      let error = #expect(throws: CorpusError.self) { _ = try read(text, as: "a.csv") }
      return error?.kind
    }
    #expect(kind("sentence,stance\na,favor\n") == .missingColumn)
    #expect(kind("text,text\na,b\n") == .duplicateColumn)
    #expect(kind("") == .empty)
  }

  @Test("an empty file and an unknown ending are errors; a missing file comes first")
  func files() throws {
    let empty = #expect(throws: CorpusError.self) { _ = try read("", as: "a.jsonl") }
    #expect(empty?.kind == .empty)
    let unknown = #expect(throws: CorpusError.self) { _ = try read("x", as: "a.docx") }
    #expect(unknown?.kind == .unknownFormat)
    let missing = #expect(throws: CorpusError.self) { _ = try StatementReader(.file(folder.file("b.docx"))) }
    #expect(missing?.kind == .notFound)
  }

  @Test("a named pipe is opened once, so its writer is not lost")
  func namedPipe() throws {
    let path = folder.file("pipe.jsonl")
    try #require(unsafe mkfifo(path, 0o600) == 0)
    Thread.detachNewThread {
      let text = Data("{\"text\":\"a\"}\n{\"text\":\"b\"}\n".utf8)
      try? FileHandle(forWritingTo: URL(fileURLWithPath: path)).write(contentsOf: text)
    }
    var reader = try StatementReader(.file(path))
    #expect(try reader.next()?.text == "a")
    #expect(reader.hasBufferedRow)
    #expect(try reader.next()?.text == "b")
    #expect(try reader.next() == nil)
  }

  @Test("JSON 100,000 levels deep is an error of its line")
  func deepJSON() throws {
    let deep = "{\"text\":\"a\",\"x\":" + String(repeating: "[", count: 100_000)
    let result = try read("\(deep)\n{\"text\":\"b\"}\n", as: "a.jsonl")
    #expect(result.errors.map(\.kind) == [.invalidJSON])
    #expect(result.statements.map(\.text) == ["b"])
  }

  @Test("random bytes give as many results as lines in scoring")
  func randomBytes() throws {
    var generator = SeededGenerator(seed: 7)
    let alphabet: [UInt8] = Array("{}[]\":,\\ttext1e\n\r u".utf8) + [0xFF, 0xC3, 0x00]
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 1..<80, using: &generator)).map { _ in alphabet.randomElement(using: &generator)!
      }
      var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).count
      if bytes.last == 0x0A { lines -= 1 }
      for name in ["a.jsonl", "a.txt"] {
        let result = try read(bytes, as: name, purpose: .scoring)
        #expect(result.statements.count + result.errors.count == lines)
      }
    }
  }

  @Test("a task that the data do not carry is an error that names those they do")
  func missingTask() throws {
    let path = try folder.write("{\"text\":\"a\",\"sourcing\":\"person\",\"tone\":\"warm\"}\n", to: "a.jsonl")
    let error = #expect(throws: CorpusError.self) {
      try StatementReader.labelledStatements(from: [.file(path)], task: "stance")
    }
    #expect(error?.kind == .missingLabel)
    #expect(error?.line == 1)
    #expect(error?.message.contains("labels for sourcing (other columns: tone)") == true)
    #expect(try StatementReader.labelledStatements(from: [.file(path)], task: "tone").map(\.labels["tone"]) == ["warm"])
  }

  @Test("a label outside the permitted set is an error that lists them")
  func unknownLabel() throws {
    let path = try folder.write("{\"text\":\"a\",\"stance\":\"FAVOR\"}\n", to: "a.jsonl")
    let error = #expect(throws: CorpusError.self) {
      try StatementReader.labelledStatements(from: [.file(path)], task: "stance", labels: .stance)
    }
    #expect(error?.kind == .unknownLabel)
    #expect(
      error?.description == "\(path):1: unknown label (column “stance”): expected one of favor, against, none, "
        + "found “FAVOR”; mend the label, or train a model that has it")
  }
}
