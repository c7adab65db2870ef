import ArgumentParser
import LinearAlgebra
import Corpus
import Standpoint

/// `standpoint segment`.
struct SegmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment", abstract: "Print the sentences of articles with their offsets, nothing else.",
    discussion: """
      Each file is one document of UTF-8 text. Offsets are Unicode code points from 0, the end exclusive, as in Python; \
      a byte order mark is one, and belongs to no sentence. \
      --format jsonl (default in a pipe): {"document","sentence","start","end","text"} a line, `text` being exactly that \
      slice; text (default on a terminal): start, end and sentence, a tab between them, line breaks shown as spaces.

      Example:
        standpoint segment article.txt --format jsonl
      """)

  @Argument(help: ArgumentHelp("Files to read; - is standard input.", valueName: "file"), completion: .file())
  var files: [String] = ["-"]

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if files.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input can be read only once") }
  }

  func run() throws {
    let format = try shared.format(of: [.text, .jsonl], terminal: .text, pipe: .jsonl)
    let output = try shared.openOutput()
    for file in files {
      var blocks = try ArticleBlocks(InputSource(argument: file), maximumLineBytes: shared.maximumLineBytes)
      let progress = ProgressLine.streaming(shared)("segmenting \(ProgressLine.name(file))")
      var number = 0
      while let block = try blocks.next() {
        try Interrupt.check()
        if let fraction = blocks.fractionRead { progress.update(fraction) }
        for sentence in block.article.sentences {
          number += 1
          let start = block.firstCodePoint + sentence.codePoints.lowerBound
          let end = block.firstCodePoint + sentence.codePoints.upperBound
          let text = String(decoding: block.article.bytes[sentence.bytes], as: UTF8.self)
          switch format {
          case .jsonl: try output.write(json(blocks.name, number, start, end, text))
          default: try output.write("\(start)\t\(end)\t\(Self.onOneLine(text))\n")
          }
        }
        // Whoever waits at the other end of a pipe gets each block at once.
        try output.flush()
      }
      if let damage = blocks.damage, !shared.quiet { Terminal.tellOfRepair(damage) }
    }
    try output.commit()
  }

  private func json(_ document: String, _ sentence: Int, _ start: Int, _ end: Int, _ text: String) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("document")
    json.string(document)
    json.key("sentence")
    json.integer(sentence)
    json.key("start")
    json.integer(start)
    json.key("end")
    json.integer(end)
    json.key("text")
    json.string(text)
    json.endObject()
    json.newline()
    return json.bytes
  }

  /// Text without line breaks and tabs, and without what a terminal would take for a command.
  private static func onOneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
