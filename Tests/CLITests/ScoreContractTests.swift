import Foundation
import Glibc
import TestSupport
import Testing

/// What `score` promises of its output whatever the input holds.
@Suite struct ScoreContractTests {
  private func score(_ input: [UInt8], as form: String, _ more: [String] = []) throws -> Outcome {
    try Binary.run(
      ["score", "-", "--input", form, "--model", try Fixtures.sourcingModel()] + more, input: input)
  }

  /// Lines of random bytes and lines of sense between them.
  private func randomLines(seed: UInt64) -> [[UInt8]] {
    var generator = SeededGenerator(seed: seed)
    return (0..<200).map { index in
      if index % 4 == 0 { return Array("“It opens in May,” said Ada Brenn. 日本語 e\u{301} \(index)".utf8) }
      let count = Int.random(in: 0..<80, using: &generator)
      return (0..<count).map { _ in
        let byte = UInt8.random(in: 0...255, using: &generator)
        return byte == 0x0A ? 0x20 : byte
      }
    }
  }

  @Test("one line out for each line in, in order, over random bytes", arguments: [1, 2, 3] as [UInt64])
  func oneLineForEach(seed: UInt64) throws {
    let lines = randomLines(seed: seed)
    let outcome = try score(Array(lines.joined(separator: [0x0A])) + [0x0A], as: "lines")
    #expect(outcome.exitCode == 0)
    let objects = try outcome.objects()
    #expect(objects.map { $0["id"] as? String } == (1...lines.count).map(String.init))
    #expect(objects.allSatisfy { $0["sourcing"] != nil })
    let labels = try score(Array(lines.joined(separator: [0x0A])) + [0x0A], as: "lines", ["--labels-only"])
    #expect(labels.lines.count == lines.count)
  }

  @Test("one line out for each row in, also where a row is broken", arguments: [1, 2] as [UInt64])
  func oneLineForEachRow(seed: UInt64) throws {
    var lines = randomLines(seed: seed)
    for index in stride(from: 0, to: lines.count, by: 4) {
      lines[index] = Array(#"{"id":"\#(index)","text":"It rained."}"#.utf8)
    }
    let outcome = try score(Array(lines.joined(separator: [0x0A])) + [0x0A], as: "jsonl")
    #expect(outcome.exitCode == 0)
    let objects = try outcome.objects()
    try #require(objects.count == lines.count)
    for (index, object) in objects.enumerated() {
      if index % 4 == 0 {
        #expect(object["id"] as? String == String(index))
        #expect(object["sourcing"] != nil)
      } else {
        #expect(object["line"] as? Int == index + 1)
        let error = object["error"] as? [String: Any]
        #expect(error?["code"] is String && error?["message"] is String)
      }
    }
  }

  @Test("the same bytes with one thread and with two, in every form", arguments: ["jsonl", "text", "csv"])
  func threads(format: String) throws {
    let input = Array(randomLines(seed: 5).joined(separator: [0x0A]))
    let one = try score(input, as: "lines", ["--threads", "1", "--format", format])
    let two = try score(input, as: "lines", ["--threads", "2", "--format", format])
    #expect(!one.output.isEmpty)
    #expect(one.output == two.output)
  }

  @Test("the same bytes from a file and from a pipe, over many batches, with any number of threads")
  func batches() throws {
    let folder = try TemporaryFolder()
    let lines = (1...30).flatMap { randomLines(seed: $0) }
    let input = Array([[[UInt8]]](repeating: lines, count: 4).joined().joined(separator: [0x0A]))
    let path = try folder.write(input, to: "lines.txt")
    let one = try score(input, as: "lines", ["--threads", "1"])
    #expect(one.lines.count == 4 * lines.count)
    for arguments in [["--threads", "2"], ["--threads", "5"], ["--threads", "2", "--line-buffered"]] {
      #expect(try score(input, as: "lines", arguments).output == one.output)
      let file = try Binary.run(
        ["score", path, "--input", "lines", "--model", try Fixtures.sourcingModel()] + arguments)
      #expect(file.output == one.output)
    }
    let labels = try score(input, as: "lines", ["--labels-only", "--threads", "2"])
    #expect(
      labels.lines
        == (try one.objects()).map { answer in
          (answer["sourcing"] as? [String: Any])?["label"] as? String ?? "abstain"
        })
  }

  @Test("a final newline changes nothing, and CR LF nothing but the framing", arguments: ["lines", "jsonl", "article"])
  func finalNewline(form: String) throws {
    let texts = ["It rained.", "The dam held, said Lena Voss.", "Nobody spoke."]
    let lines = form == "jsonl" ? texts.map { #"{"text":"\#($0)"}"# } : texts
    let with = try score(Array((lines.joined(separator: "\n") + "\n").utf8), as: form)
    let without = try score(Array(lines.joined(separator: "\n").utf8), as: form)
    #expect(with.exitCode == 0)
    #expect(with.lines.count == 3)
    #expect(with.output == without.output)
    guard form != "article" else { return }
    let windows = try score(Array((lines.joined(separator: "\r\n") + "\r\n").utf8), as: form)
    #expect(windows.output == with.output)
  }

  @Test("what is said of a line does not depend on what came before it")
  func independence() throws {
    let lines = randomLines(seed: 9)
    let all = try score(Array(lines.joined(separator: [0x0A])), as: "lines", ["--labels-only"])
    let reversed = try score(Array(lines.reversed().joined(separator: [0x0A])), as: "lines", ["--labels-only"])
    #expect(all.lines == reversed.lines.reversed())
  }

  @Test("an empty line abstains and says why; --labels-only writes abstain")
  func emptyLine() throws {
    let outcome = try score(Array("\n   \n".utf8), as: "lines")
    let objects = try outcome.objects()
    try #require(objects.count == 2)
    for object in objects {
      let answer = try #require(object["sourcing"] as? [String: Any])
      #expect(answer["label"] is NSNull)
      #expect(answer["abstain"] as? String == "empty")
    }
    #expect(try score(Array("\n".utf8), as: "lines", ["--labels-only"]).text == "abstain\n")
  }

  @Test("a line longer than the limit gets an error in its place, and the next an answer")
  func longLine() throws {
    let input = "It rained.\n" + String(repeating: "long ", count: 100) + "\nIt cleared.\n"
    let outcome = try score(Array(input.utf8), as: "lines", ["--max-line-bytes", "100"])
    #expect(outcome.exitCode == 0)
    let objects = try outcome.objects()
    try #require(objects.count == 3)
    #expect(objects[0]["sourcing"] != nil && objects[2]["sourcing"] != nil)
    #expect((objects[1]["error"] as? [String: Any])?["code"] as? String == "line-too-long")
    #expect(objects[1]["line"] as? Int == 2)
  }

  @Test("--on-error fail stops at the first bad row with its line, exit code 65")
  func failOnError() throws {
    let rows = #"{"text":"It rained."}"# + "\n{\n" + #"{"text":"It cleared."}"# + "\n"
    let outcome = try score(Array(rows.utf8), as: "jsonl", ["--on-error", "fail"])
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("standard input:2"))
    #expect(outcome.lines.count <= 1)
  }

  @Test("--max-errors stops after so many bad rows, exit code 65")
  func maximumErrors() throws {
    let rows = String(repeating: "{\n", count: 5)
    let enough = try score(Array(rows.utf8), as: "jsonl", ["--max-errors", "5"])
    #expect(enough.exitCode == 0)
    #expect(enough.lines.count == 5)
    let tooMany = try score(Array(rows.utf8), as: "jsonl", ["--max-errors", "4"])
    #expect(tooMany.exitCode == 65)
    #expect(tooMany.errors.contains("--max-errors"))
    #expect(tooMany.errors.contains("standard input:5"))
  }

  @Test("--line-buffered answers each line before the next one comes", arguments: [["--line-buffered"], []])
  func lineBuffered(option: [String]) throws {
    let process = try RunningBinary(
      ["score", "-", "--input", "lines", "--model", try Fixtures.sourcingModel()] + option)
    for count in 1...3 {
      try process.write(Array("It rained \(count) times.\n".utf8))
      try process.waitForLines(count)
    }
    let outcome = try process.finish()
    #expect(outcome.exitCode == 0)
    #expect(outcome.lines.count == 3)
  }

  @Test(
    "a first line that is shorter than a byte order mark is answered at once",
    arguments: ["lines", "jsonl"], [["\n"], ["a", "\n"], ["\r\n"], ["{\n"]])
  func shortFirstLine(input: String, pieces: [String]) throws {
    let process = try RunningBinary(
      ["score", "-", "--input", input, "--model", try Fixtures.sourcingModel(), "--line-buffered"])
    for piece in pieces { try process.write(Array(piece.utf8)) }
    try process.waitForLines(1)
    let outcome = try process.finish()
    #expect(outcome.exitCode == 0 && outcome.lines.count == 1, "\(outcome.errors)")
  }

  @Test("a byte order mark that comes byte by byte is no part of the first line")
  func markInPieces() throws {
    let process = try RunningBinary(
      ["score", "-", "--input", "jsonl", "--model", try Fixtures.sourcingModel(), "--line-buffered"])
    for byte in [0xEF, 0xBB, 0xBF] as [UInt8] {
      try process.write([byte])
      // Long enough for the byte to be read alone.
      usleep(50_000)
    }
    try process.write(Array(#"{"id":"first","text":"It rained."}"#.utf8) + [0x0A])
    try process.waitForLines(1)
    #expect(try process.finish().objects().map { $0["id"] as? String } == ["first"])
  }

  @Test("an answer has a label of the model and probabilities of all labels that sum to 1")
  func shape() throws {
    let outcome = try Binary.run(
      [
        "score", "-", "--input", "lines", "--model", try Fixtures.stanceModel(), "--target", "the dam", "--target",
        "rain",
      ],
      text: "The dam must be stopped.\n")
    let object = try #require(try outcome.objects().first)
    let answers = try #require(object["stance"] as? [[String: Any]])
    #expect(answers.map { $0["target"] as? String } == ["the dam", "rain"])
    for answer in answers {
      let probabilities = try #require(answer["probabilities"] as? [String: Double])
      #expect(Set(probabilities.keys) == ["favor", "against", "none"])
      #expect(abs(probabilities.values.reduce(0, +) - 1) < 0.001)
      #expect(probabilities.keys.contains(answer["label"] as? String ?? ""))
    }
  }

  @Test("an error keeps the id that its row gives itself, and has the line's number where there is none")
  func idOfBadRow() throws {
    let rows = [
      #"{"id":"x","text":5}"#, #"{"text":[],"id":7}"#, #"{"text":5}"#, #"{"id":"cut","text":"off"#,
      #"{"id":{},"text":5}"#,
      #"{"id":"late","text":"It rained.","target_span":[0,99]}"#, #"{"id":"5","text":"It rained."}"#,
    ]
    let objects = try score(Array(rows.joined(separator: "\n").utf8), as: "jsonl").objects()
    #expect(objects.map { $0["id"] as? String } == ["x", "7", "3", "cut", "5", "late", "5"])
    #expect(objects.map { $0["line"] as? Int } == [1, 2, 3, 4, 5, 6, nil])

    let table = try Binary.run(
      ["score", "-", "--input", "csv", "--model", try Fixtures.sourcingModel()],
      text: "id,text,target_span\na,It rained.,nowhere\nb,one,two,three\nc,It cleared.,\n")
    #expect(try table.objects().map { $0["id"] as? String } == ["a", "b", "c"])
    #expect(try table.objects().map { $0["line"] as? Int } == [2, 3, nil])
  }

  @Test("a target's place beyond the text is an error, as it is for evaluate")
  func spanBeyondText() throws {
    let rows = #"{"text":"NATO is bad.","target":"NATO","target_span":[0,12]}"# + "\n"
    let beyond = #"{"text":"NATO is bad.","target":"NATO","target_span":[0,13]}"#
    let objects = try Binary.run(
      ["score", "-", "--input", "jsonl", "--model", try Fixtures.stanceModel()], text: rows + beyond
    ).objects()
    try #require(objects.count == 2)
    #expect(objects[0]["stance"] != nil)
    let error = try #require(objects[1]["error"] as? [String: Any])
    #expect(error["code"] as? String == "invalid-value")
    #expect((error["message"] as? String)?.contains("target_span") == true)
  }

  @Test("an empty target is none: an error in a row, a usage error as an option", arguments: ["", " \t "])
  func emptyTarget(target: String) throws {
    let model = try Fixtures.stanceModel()
    let row = "{\"text\":\"It rained.\",\"target\":\"\(target.replacing("\t", with: "\\t"))\"}"
    let objects = try Binary.run(["score", "-", "--input", "jsonl", "--model", model], text: row).objects()
    #expect((objects.first?["error"] as? [String: Any])?["code"] as? String == "missing-column")
    // As if the row named none.
    let given = try Binary.run(
      ["score", "-", "--input", "jsonl", "--model", model, "--target", "the dam"], text: row
    ).objects()
    #expect((given.first?["stance"] as? [String: Any])?["target"] as? String == "the dam")
    for arguments in [
      ["score", "-", "--input", "lines"], ["evaluate", try Fixtures.data()], ["explain", "It rained."],
    ] {
      let outcome = try Binary.run(arguments + ["--model", model, "--target", target], environment: Fixtures.runs())
      #expect(outcome.exitCode == 64, "\(outcome.errors)")
      #expect(outcome.errors.contains("the name is empty"), "\(outcome.errors)")
    }
  }

  @Test("UTF-16 is refused by name in every form of input", arguments: ["lines", "jsonl", "csv", "article"])
  func utf16(form: String) throws {
    for mark in [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] {
      let outcome = try score(mark + "It rained.\n".utf8.flatMap { [$0, 0] }, as: form)
      #expect(outcome.exitCode == 65, "\(outcome.errors)")
      #expect(outcome.errors.contains("it is UTF-16 text"), "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test("a byte order mark counts in the offsets of an article")
  func byteOrderMark() throws {
    let objects = try score([0xEF, 0xBB, 0xBF] + Array("Police said no. It rained.".utf8), as: "article").objects()
    #expect(objects.map { $0["start"] as? Int } == [1, 17])
    #expect(objects.map { $0["end"] as? Int } == [16, 27])
    #expect(objects.first?["text"] as? String == "Police said no.")
  }

  @Test(
    "one bad article of several gives its error in its place; --on-error fail stops at it",
    arguments: ["", "\u{1}\u{2}\u{3}"])
  func badArticle(content: String) throws {
    let folder = try TemporaryFolder()
    let files = try [("a", "It rained."), ("b", content), ("c", "It cleared.")].map { name, text in
      try folder.write(text, to: "\(name).txt")
    }
    let arguments = ["score"] + files + ["--model", try Fixtures.sourcingModel()]
    let outcome = try Binary.run(arguments)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("1 article could not be scored"))
    let objects = try outcome.objects()
    #expect(objects.map { $0["document"] as? String } == files)
    #expect(objects[1]["error"] is [String: Any])
    let strict = try Binary.run(arguments + ["--on-error", "fail"])
    #expect(strict.exitCode == 65)
    #expect(strict.errors.contains(files[1]))
    #expect(strict.lines.count <= 1)
  }

  @Test("text output shows an id without what a terminal would take for a command or a new line")
  func printableID() throws {
    let rows = #"{"id":"a\n\u001b[2Jb","text":"It rained."}"# + "\n" + #"{"id":"c\nd","text":5}"#
    let outcome = try score(Array(rows.utf8), as: "jsonl", ["--format", "text"])
    #expect(outcome.lines.count == 2)
    #expect(!outcome.output.contains(0x1B))
  }
}
