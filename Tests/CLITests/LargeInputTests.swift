import Foundation
import TestSupport
import Testing

/// Input that is far larger than memory should ever be.
@Suite(.serialized) struct LargeInputTests {
  /// Feeds a line of so many megabytes, then a short one, and tells the most memory that the process held.
  private func feed(
    _ arguments: [String], before: String, after: String, megabytes: Int = 200
  ) throws -> (outcome: Outcome, memory: Int) {
    let process = try RunningBinary(arguments, timeLimit: .seconds(180))
    let chunk = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
    try process.write(Array(before.utf8))
    var memory = 0
    for _ in 0..<megabytes {
      guard try process.write(chunk) else { break }
      memory = max(memory, process.peakMemoryBytes)
    }
    try process.write(Array(after.utf8))
    memory = max(memory, process.peakMemoryBytes)
    return (try process.finish(), memory)
  }

  @Test("a line of 200 MB gets an error in its place in bounded memory", arguments: ["lines", "jsonl"])
  func longLine(form: String) throws {
    let (before, after) = form == "jsonl" ? (#"{"text":""#, "\"}\n{\"text\":\"It rained.\"}\n") : ("", "\nIt rained.\n")
    let (outcome, memory) = try feed(
      ["score", "-", "--input", form, "--model", try Fixtures.sourcingModel()], before: before, after: after)
    #expect(outcome.exitCode == 0)
    let objects = try outcome.objects()
    try #require(objects.count == 2)
    #expect((objects[0]["error"] as? [String: Any])?["code"] as? String == "line-too-long")
    #expect(objects[1]["sourcing"] != nil)
    #expect(memory > 0 && memory < 100 << 20, "\(memory >> 20) MB")
  }

  @Test("a line of 50 MB is answered in bounded memory where the limit allows it", arguments: ["lines", "jsonl"])
  func allowedLongLine(form: String) throws {
    let (before, after) =
      form == "jsonl" ? (#"{"text":"It "#, "\"}\n{\"text\":\"It rained.\"}\n") : ("It ", "\nIt rained.\n")
    let (outcome, memory) = try feed(
      ["score", "-", "--input", form, "--model", try Fixtures.sourcingModel(), "--max-line-bytes", "60000000"],
      before: before, after: after, megabytes: 50)
    #expect(outcome.exitCode == 0)
    let objects = try outcome.objects()
    #expect(objects.count == 2 && objects.allSatisfy { $0["sourcing"] != nil })
    #expect(memory > 0 && memory < 200 << 20, "\(memory >> 20) MB")
  }

  @Test("the largest limit there can be is no limit", arguments: ["lines", "jsonl", "article"])
  func noLimit(form: String) throws {
    let before = form == "jsonl" ? "{\"text\":\"" : ""
    let (outcome, _) = try feed(
      [
        "score", "-", "--input", form, "--labels-only", "--model", try Fixtures.sourcingModel(), "--max-line-bytes",
        String(Int.max),
      ], before: before, after: form == "jsonl" ? "\"}\n" : "\n", megabytes: 3)
    #expect(outcome.exitCode == 0 && outcome.lines.count == 1, "\(outcome.exitCode) \(outcome.errors)")
  }

  @Test("the memory that scoring takes does not grow with the input", arguments: ["lines", "jsonl"])
  func manyLines(form: String) throws {
    let process = try RunningBinary(
      ["score", "-", "--input", form, "--labels-only", "--model", try Fixtures.sourcingModel()],
      timeLimit: .seconds(180))
    let sentence = "The council met again, and nothing was decided, said Ada Brenn on Friday."
    let line = form == "jsonl" ? "{\"text\":\"\(sentence)\"}\n" : sentence + "\n"
    let chunk = Array(String(repeating: line, count: 5000).utf8)
    var memory: [Int] = []
    for _ in 0..<60 {
      try process.write(chunk)
      memory.append(process.peakMemoryBytes)
    }
    let outcome = try process.finish()
    #expect(outcome.exitCode == 0)
    #expect(outcome.lines.count == 300_000)
    #expect(memory[59] > 0 && memory[59] < 100 << 20, "\(memory[59] >> 20) MB")
    #expect(memory[59] < memory[19] + 8 << 20, "\(memory.map { $0 >> 20 })")
  }

  @Test(
    "a document whose line has 200 MB is refused with its line in bounded memory, exit code 65",
    arguments: [
      "segment", "score",
    ])
  func longArticle(command: String) throws {
    let arguments =
      command == "segment" ? ["segment", "-"] : ["score", "-", "--model", try Fixtures.sourcingModel()]
    let (outcome, memory) = try feed(arguments, before: "It rained.\n\n", after: "\n")
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("standard input:3: the line is too long"))
    #expect(memory > 0 && memory < 100 << 20, "\(memory >> 20) MB")
  }

  @Test(
    "labelled data with a line of 200 MB is refused with its line in bounded memory",
    arguments: [
      ["data", "check", "-", "--data-format", "jsonl", "--on-error", "fail"],
      ["data", "convert", "-", "--data-format", "jsonl"],
    ])
  func longRow(arguments: [String]) throws {
    let (outcome, memory) = try feed(arguments, before: "{\"text\":\"It rained.\"}\n{\"text\":\"", after: "\"}\n")
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("standard input:2: the line is too long"))
    #expect(memory > 0 && memory < 100 << 20, "\(memory >> 20) MB")
  }

  @Test("a long article is segmented block by block: memory stays bounded, offsets go on")
  func manyParagraphs() throws {
    let process = try RunningBinary(["segment", "-", "--format", "text"], timeLimit: .seconds(120))
    let paragraph = "Die Brücke hält. It was built in 1905.\n\n"
    let chunk = Array(String(repeating: paragraph, count: 2000).utf8)
    var memory = 0
    for _ in 0..<250 {
      try process.write(chunk)
      memory = max(memory, process.peakMemoryBytes)
    }
    let outcome = try process.finish()
    #expect(outcome.exitCode == 0)
    #expect(memory > 0 && memory < 100 << 20, "\(memory >> 20) MB")
    let length = paragraph.unicodeScalars.count
    let last = try #require(outcome.lines.last)
    #expect(outcome.lines.count == 1_000_000)
    #expect(last == "\(499_999 * length + 17)\t\(499_999 * length + 38)\tIt was built in 1905.")
  }
}
