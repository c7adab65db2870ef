import Foundation
import Glibc
import TestSupport
import Testing

/// Where output goes wrong: a full disk, a reader that has gone, a place that cannot be written to.
@Suite struct OutputTests {
  /// Commands that write to standard output, by name.
  private static let writers = [
    "score", "score article", "segment", "data check", "data convert", "model info", "model verify", "evaluate",
  ]

  private func arguments(_ command: String) throws -> [String] {
    switch command {
    case "model info": return ["model", "info", try Fixtures.sourcingModel()]
    case "model verify": return ["model", "verify", try Fixtures.sourcingModel()]
    default:
      let arguments = try #require(try Fixtures.readingCommands()[command])
      return try arguments.map { $0 == "FILE" ? try Fixtures.data() : $0 }
    }
  }

  @Test("a full disk is an error of the output, exit code 74", arguments: writers)
  func fullDisk(command: String) throws {
    let outcome = try Binary.run(
      try arguments(command), environment: Fixtures.runs(), output: .file("/dev/full"))
    #expect(outcome.exitCode == 74)
    #expect(outcome.errors.contains("standard output"))
    #expect(outcome.errors.contains("No space left"))
  }

  @Test("--output - is standard output", arguments: ["score", "segment", "data convert", "data check", "model info"])
  func dash(command: String) throws {
    let plain = try Binary.run(try arguments(command))
    let dash = try Binary.run(try arguments(command) + ["--output", "-"])
    #expect(dash.exitCode == 0 && !dash.output.isEmpty)
    #expect(dash.output == plain.output)
  }

  @Test("--output on a full disk is the same error", arguments: ["score", "segment", "data convert"])
  func fullDiskByName(command: String) throws {
    let outcome = try Binary.run(try arguments(command) + ["--output", "/dev/full"])
    #expect(outcome.exitCode == 74)
    #expect(outcome.errors.contains("/dev/full"))
  }

  @Test("a limit on the size of files is an error of the output, exit code 74, and leaves no file behind")
  func fileSizeLimit() throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Fixtures.statements(count: 1000), to: "data.jsonl")
    let path = folder.file("out.jsonl")
    let outcome = try Binary.run(["data", "convert", data, "--output", path], after: "ulimit -f 8")
    #expect(outcome.exitCode == 74 && !outcome.wasKilled)
    #expect(outcome.errors.contains("\(path): writing failed: File too large"), "\(outcome.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["data.jsonl"])
  }

  @Test("standard output that is closed from the start is an error, exit code 74", arguments: writers)
  func closedOutput(command: String) throws {
    let outcome = try Binary.run(try arguments(command), environment: Fixtures.runs(), output: .closed)
    #expect(outcome.exitCode == 74)
    #expect(outcome.errors.contains("standard output"))
  }

  @Test("a reader that goes early ends the command quietly, exit code 0", arguments: ["score lines", "segment"])
  func closedPipe(command: String) throws {
    let process = try RunningBinary(try arguments(command).map { $0 == (try? Fixtures.data()) ? "-" : $0 })
    let line = Array("The council met again, and nothing was decided, said Ada Brenn.\n\n".utf8)
    try process.write(line)
    // Enough for output to come however it is buffered.
    for _ in 0..<200 { try process.write(Array([[UInt8]](repeating: line, count: 20).joined())) }
    try process.waitForLines(1)
    process.closeOutput()
    for _ in 0..<400 { try process.write(Array([[UInt8]](repeating: line, count: 200).joined())) }
    let outcome = try process.finish()
    #expect(outcome.exitCode == 0)
    #expect(!outcome.wasKilled)
    #expect(outcome.errors.isEmpty)
  }

  @Test(
    "an output in a folder that is not there: 73, and nothing is made", arguments: ["score", "segment", "data convert"])
  func noFolder(command: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("none/out.jsonl")
    let outcome = try Binary.run(try arguments(command) + ["--output", path])
    #expect(outcome.exitCode == 73)
    #expect(outcome.errors.contains(path))
    #expect(!FileManager.default.fileExists(atPath: folder.file("none")))
  }

  @Test("a model never takes the place of a folder that is no model: 73, and the folder stays as it was")
  func trainOverFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write("precious", to: "notes.txt")
    let outcome = try Binary.run(
      ["train", try Fixtures.data(), "--task", "sourcing", "--output", folder.path], environment: Fixtures.runs())
    #expect(outcome.exitCode == 73)
    #expect(outcome.errors.contains(folder.path))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["notes.txt"])
  }

  @Test("a model never takes a file away that is no part of one: 73 before training, naming it")
  func trainOverForeignFile() throws {
    let folder = try TemporaryFolder()
    let model = try Fixtures.copy(of: Fixtures.sourcingModel(), in: folder)
    let notes = try folder.write("precious", to: "model/notes.txt")
    let arguments = ["train", try Fixtures.data(), "--task", "sourcing", "--preset", "words", "--output", model]
    let outcome = try Binary.run(arguments, environment: Fixtures.runs())
    #expect(outcome.exitCode == 73, "\(outcome.errors)")
    #expect(outcome.errors.contains("holds notes.txt") && !outcome.errors.contains("Cross-validation"))
    #expect(try String(contentsOfFile: notes, encoding: .utf8) == "precious")
    try FileManager.default.removeItem(atPath: notes)
    #expect(try Binary.run(arguments, environment: Fixtures.runs()).exitCode == 0)
  }

  @Test("a symbolic link to a model is followed, one that leads nowhere is said to")
  func trainOverLink() throws {
    let folder = try TemporaryFolder()
    let model = try Fixtures.copy(of: Fixtures.sourcingModel(), in: folder)
    let before = try Data(contentsOf: URL(filePath: model + "/manifest.json"))
    let link = folder.file("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "model")
    let arguments = ["train", try Fixtures.data(), "--task", "sourcing", "--preset", "words", "--output", link]
    let outcome = try Binary.run(arguments, environment: Fixtures.runs())
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "model")
    #expect(try Data(contentsOf: URL(filePath: model + "/manifest.json")) != before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["link", "model"])

    try FileManager.default.removeItem(atPath: model)
    let dangling = try Binary.run(arguments, environment: Fixtures.runs())
    #expect(dangling.exitCode == 73)
    #expect(dangling.errors.contains("a symbolic link that leads nowhere"), "\(dangling.errors)")
  }

  @Test("bad input leaves an existing output as it was, and no other file beside it")
  func outputStays() throws {
    let folder = try TemporaryFolder()
    let output = try folder.write("as it was", to: "out.jsonl")
    let bad = try folder.write(Fixtures.statements(count: 30) + "{\n", to: "bad.jsonl")
    let outcome = try Binary.run(["data", "convert", bad, "--output", output])
    #expect(outcome.exitCode == 65)
    #expect(try String(contentsOfFile: output, encoding: .utf8) == "as it was")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["bad.jsonl", "out.jsonl"])
  }

  @Test("no colour in a pipe, whatever the environment says of the terminal")
  func noColor() throws {
    for arguments in [
      ["score", try Fixtures.data(), "--input", "jsonl", "--model", try Fixtures.sourcingModel(), "--format", "text"],
      ["evaluate", "--model", try Fixtures.sourcingModel(), try Fixtures.data()],
      ["data", "check", try Fixtures.data()], ["--help"],
    ] {
      let outcome = try Binary.run(arguments, environment: Fixtures.runs())
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(!outcome.output.contains(0x1B))
      #expect(!outcome.errors.utf8.contains(0x1B))
    }
  }

  @Test("Ctrl-C ends a command with 130, without a word and without a half-written file", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: CInt) throws {
    let folder = try TemporaryFolder()
    let model = try Fixtures.sourcingModel()
    let process = try RunningBinary(["score", "-", "--input", "lines", "--model", model, "--line-buffered"])
    try process.write(Array("It rained.\n".utf8))
    try process.waitForLines(1)
    process.send(signal)
    let outcome = try process.finish()
    #expect(outcome.exitCode == 130)
    #expect(outcome.errors.isEmpty)

    let data = Array(Fixtures.statements(count: 60).utf8)
    let writing = try RunningBinary(
      ["data", "convert", "-", "--data-format", "jsonl", "--output", folder.file("out.jsonl")])
    while try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty { try writing.write(data) }
    writing.send(signal)
    while try writing.write(data) {}
    #expect(try writing.finish().exitCode == 130)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("Ctrl-C ends a command that waits for input, and removes what it was writing", arguments: [SIGINT, SIGTERM])
  func interruptedWhileWaiting(signal: CInt) throws {
    let folder = try TemporaryFolder()
    let process = try RunningBinary(
      ["score", "-", "--input", "lines", "--model", try Fixtures.sourcingModel(), "--output", folder.file("out")])
    try process.write(Array("It rained.\n".utf8))
    while try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty { usleep(1000) }
    process.send(signal)
    let outcome = try process.waitForEnd()
    #expect(outcome.exitCode == 130)
    #expect(outcome.errors.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}
