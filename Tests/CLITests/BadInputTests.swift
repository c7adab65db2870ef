import Foundation
import TestSupport
import Testing

/// What every command that reads says to input that is no input: a message that names it, the contract's exit code,
/// nothing on standard output, no file.
@Suite struct BadInputTests {
  /// Checks that a command failed as the contract says.
  private func expectFailure(
    _ outcome: Outcome, code: Int32, naming place: String, location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(outcome.exitCode == code, "\(outcome.errors)", sourceLocation: location)
    #expect(!outcome.wasKilled, sourceLocation: location)
    #expect(outcome.errors.contains(place), "\(outcome.errors)", sourceLocation: location)
    #expect(!FileManager.default.fileExists(atPath: try Fixtures.folder.get().file("never")), sourceLocation: location)
  }

  @Test("a missing file is named, exit code 66", arguments: Fixtures.readers)
  func missingFile(command: String) throws {
    let outcome = try Fixtures.run(command, file: "/nowhere/at-all.jsonl")
    try expectFailure(outcome, code: 66, naming: "/nowhere/at-all.jsonl: no such file")
    #expect(outcome.output.isEmpty)
  }

  @Test("a folder in place of a file is named, exit code 66", arguments: Fixtures.readers)
  func folder(command: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("data.jsonl")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let outcome = try Fixtures.run(command, file: path)
    try expectFailure(outcome, code: 66, naming: "\(path): this is a folder")
    #expect(outcome.output.isEmpty)
  }

  @Test(
    "a file that may not be opened is named, exit code 66", .enabled(if: geteuid() != 0), arguments: Fixtures.readers)
  func forbiddenFile(command: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Fixtures.statements(count: 12), to: "data.jsonl")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    try expectFailure(try Fixtures.run(command, file: path), code: 66, naming: path)
  }

  @Test("a file whose reading fails is named, exit code 74", arguments: Fixtures.readers)
  func unreadableFile(command: String) throws {
    // The memory of the process itself: it opens, but nothing is mapped at address 0.
    let folder = try TemporaryFolder()
    let path = folder.file("data.jsonl")
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/proc/self/mem")
    let outcome = try Fixtures.run(command, file: path)
    try expectFailure(outcome, code: 74, naming: path)
    #expect(outcome.output.isEmpty)
  }

  @Test(
    "an empty file is an error that says so, exit code 65",
    arguments: Fixtures.readers.filter { $0 != "score" && $0 != "score lines" })
  func emptyFile(command: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "data.jsonl")
    let outcome = try Fixtures.run(command, file: path)
    try expectFailure(outcome, code: 65, naming: "\(path): the file is empty")
    #expect(outcome.output.isEmpty || command == "data check")
  }

  @Test("no line in gives no line out", arguments: ["score", "score lines"])
  func noLines(command: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Fixtures.run(command, file: try folder.write("", to: "data.jsonl"))
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.isEmpty)
  }

  @Test(
    "a file of blank lines holds no rows, exit code 65", arguments: Fixtures.rowReaders + ["segment", "score article"])
  func zeroRows(command: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("\n\n  \n", to: "data.jsonl")
    try expectFailure(try Fixtures.run(command, file: path), code: 65, naming: path)
  }

  @Test(
    "a target's place beyond the text, or a weight that is none, is named with its line, exit code 65",
    arguments: ["train", "evaluate"],
    [
      #""target_span":[3,900]"#, #""target_span":[9,3]"#, #""weight":-1"#, #""weight":1e300"#, #""weight":"much""#,
    ])
  func impossibleNumbers(command: String, field: String) throws {
    let folder = try TemporaryFolder()
    let row = #"{"text":"A report said so.","target":"report","sourcing":"person",\#(field)}"#
    let path = try folder.write(Fixtures.statements(count: 12) + row + "\n", to: "data.jsonl")
    let outcome = try Fixtures.run(command, file: path)
    try expectFailure(outcome, code: 65, naming: "\(path):13: invalid value")
  }

  @Test(
    "a setting that is no number, or beyond all reason, is a usage error, exit code 64",
    arguments: [
      "--C=nan", "--C=1e300", "--C=0", "--tol=nan", "--class-weight=person=1e300",
      "--max-iter=0", "--hash-bits=60",
    ])
  func impossibleSettings(setting: String) throws {
    let outcome = try Fixtures.run("train", file: try Fixtures.data(), ["--preset", "words", setting])
    try expectFailure(outcome, code: 64, naming: " ")
  }

  @Test("a number of resamples that memory cannot hold is a usage error", arguments: ["-5", "7", "99999999999"])
  func impossibleResamples(number: String) throws {
    let outcome = try Binary.run(
      ["evaluate", "--model", Fixtures.sourcingModel(), Fixtures.data(), "--resamples=\(number)"],
      environment: Fixtures.runs())
    try expectFailure(outcome, code: 64, naming: "--resamples")
  }

  @Test("weights that leave one label are an error that names it")
  func weightless() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<12).map { index in
      #"{"text":"Text \#(index) of a report.","sourcing":"\#(index < 6 ? "media" : "person")","weight":\#(index / 6)}"#
    }
    let path = try folder.write(rows.joined(separator: "\n"), to: "data.jsonl")
    try expectFailure(try Fixtures.run("train", file: path), code: 65, naming: "only “person”")
  }

  @Test("rows that all weigh nothing are an error that names their file", arguments: ["train", "evaluate"])
  func weightlessFile(command: String) throws {
    let folder = try TemporaryFolder()
    let rows = ["media", "person"].map { #"{"text":"Text of a report.","sourcing":"\#($0)","weight":0}"# }
    let path = try folder.write(rows.joined(separator: "\n"), to: "data.jsonl")
    try expectFailure(try Fixtures.run(command, file: path), code: 65, naming: path)
  }

  @Test("a table with a header and no rows, exit code 65", arguments: Fixtures.rowReaders)
  func headerOnly(command: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("id,text,sourcing\n", to: "data.csv")
    try expectFailure(try Fixtures.run(command, file: path), code: 65, naming: path)
  }

  @Test("a binary file is no text, exit code 65", arguments: Fixtures.rowReaders + ["segment", "score article"])
  func binaryFile(command: String) throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 7)
    let bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let path = try folder.write([0x7F, 0x45, 0x4C, 0x46, 0, 0, 0, 0] + bytes, to: "data.jsonl")
    let outcome = try Fixtures.run(command, file: path)
    try expectFailure(outcome, code: 65, naming: "\(path): the file is binary")
    #expect(outcome.output.isEmpty || command == "data check")
  }

  @Test("invalid UTF-8 in labelled rows is named with its line, exit code 65", arguments: Fixtures.rowReaders)
  func invalidUTF8(command: String) throws {
    let folder = try TemporaryFolder()
    let rows = Array(Fixtures.statements(count: 12).utf8)
    let bad = Array(#"{"id":"x","text":"caf"#.utf8) + [0xE9] + Array(#" closed","sourcing":"person"}"#.utf8) + [0x0A]
    let path = try folder.write(rows + bad, to: "data.jsonl")
    let outcome = try Fixtures.run(command, file: path, ["--on-error", "fail"])
    // A check that finds what it looks for has not failed, unless it was told to stop.
    try expectFailure(outcome, code: 65, naming: "\(path):13:")
    #expect(outcome.errors.contains("UTF-8"))
  }

  @Test(
    "broken JSON is named with its line, exit code 65", arguments: Fixtures.rowReaders,
    [#"{"text":"cut off"#, #"["not","an object"]"#, #"{"text":"two" "values"}"#, #"{"text":NaN}"#, "plain words"])
  func brokenJSON(command: String, row: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Fixtures.statements(count: 12) + row + "\n", to: "data.jsonl")
    try expectFailure(try Fixtures.run(command, file: path, ["--on-error", "fail"]), code: 65, naming: "\(path):13")
  }

  @Test("JSON 100,000 levels deep is refused, exit code 65", arguments: Fixtures.rowReaders)
  func deepJSON(command: String) throws {
    let folder = try TemporaryFolder()
    let depth = 100_000
    let row =
      #"{"text":"deep","sourcing":"person","more":"# + String(repeating: "[", count: depth)
      + String(repeating: "]", count: depth) + "}"
    let path = try folder.write(Fixtures.statements(count: 12) + row + "\n", to: "data.jsonl")
    let outcome = try Fixtures.run(command, file: path, ["--on-error", "fail"])
    try expectFailure(outcome, code: 65, naming: "\(path):13")
    #expect(outcome.errors.contains("nesting"))
  }

  @Test("a row of a table with too many fields is named with its line", arguments: Fixtures.rowReaders)
  func raggedTable(command: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("id,text,sourcing\n1,a,person\n2,b,person,more\n", to: "data.csv")
    try expectFailure(try Fixtures.run(command, file: path, ["--on-error", "fail"]), code: 65, naming: "\(path):3")
  }

  @Test("a quote that is never closed is named with the line where it opens", arguments: Fixtures.rowReaders)
  func unclosedQuote(command: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("id,text,sourcing\n1,a,person\n2,\"b,person\n3,c,media\n", to: "data.csv")
    try expectFailure(try Fixtures.run(command, file: path, ["--on-error", "fail"]), code: 65, naming: "\(path):3")
  }

  @Test("a file whose format cannot be told from its name", arguments: Fixtures.rowReaders)
  func unknownFormat(command: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Fixtures.statements(count: 12), to: "data.parquet")
    let outcome = try Fixtures.run(command, file: path)
    try expectFailure(outcome, code: 64, naming: "\(path): the format cannot be told")
    #expect(outcome.errors.contains("--data-format (jsonl"))
    #expect(outcome.output.isEmpty)
  }

  @Test("standard input has no name to tell its format by, exit code 64", arguments: Fixtures.rowReaders)
  func unknownFormatOfStandardInput(command: String) throws {
    let outcome = try Fixtures.run(command, file: "-", input: Array(Fixtures.statements(count: 12).utf8))
    try expectFailure(outcome, code: 64, naming: "standard input: the format cannot be told")
    #expect(outcome.errors.contains("--data-format (jsonl"))
    #expect(outcome.output.isEmpty)
  }

  @Test(
    "an article that is not UTF-8 is read, and the first place that is not is told", arguments: ["score", "segment"])
  func damagedArticle(command: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("latin.txt")
    try Data("The caf".utf8 + [0xE9] + " opened.\nIt closed.\n".utf8).write(to: URL(filePath: path))
    let options = command == "score" ? ["--model", try Fixtures.sourcingModel()] : []
    let outcome = try Binary.run([command, path] + options)
    #expect(outcome.exitCode == 0 && outcome.output.count > 0)
    #expect(
      outcome.errors.contains("\(path):1:") && outcome.errors.contains("invalid UTF-8: byte 0xe9"), "\(outcome.errors)")
    #expect(try Binary.run([command, path, "--quiet"] + options).errors.isEmpty)
  }
}
