import Foundation
import TestSupport
import Testing

/// `standpoint segment`.
@Suite struct SegmentTests {
  @Test("offsets are code points, and text is exactly that slice of the document")
  func offsets() throws {
    let text = "“Je ne sais pas,” said Zoë. 🎺 It began at 9.30 a.m. in Brüssel.The e\u{301}nd.\r\nA headline\r\n"
    let outcome = try Binary.run(["segment", "-"], text: text)
    #expect(outcome.exitCode == 0)
    let scalars = Array(text.unicodeScalars)
    let objects = try outcome.objects()
    #expect(objects.count >= 4)
    for (index, object) in objects.enumerated() {
      let start = try #require(object["start"] as? Int)
      let end = try #require(object["end"] as? Int)
      let slice = String(String.UnicodeScalarView(scalars[start..<end]))
      #expect(Array((object["text"] as? String ?? "").unicodeScalars) == Array(slice.unicodeScalars))
      #expect(object["sentence"] as? Int == index + 1)
      #expect(object["document"] as? String == "standard input")
      #expect(Set(object.keys) == ["document", "sentence", "start", "end", "text"])
    }
  }

  @Test("documents are numbered each for itself")
  func documents() throws {
    let folder = try TemporaryFolder()
    let first = try folder.write("It rained. It poured.", to: "first.txt")
    let second = try folder.write("\u{FEFF}The dam held.\n", to: "second.txt")
    let objects = try Binary.run(["segment", first, second]).objects()
    #expect(objects.map { $0["document"] as? String } == [first, first, second])
    #expect(objects.map { $0["sentence"] as? Int } == [1, 2, 1])
    // The byte order mark is a code point of the file, and of no sentence.
    #expect(objects.map { $0["start"] as? Int } == [0, 11, 1])
    #expect(objects.map { $0["end"] as? Int } == [10, 21, 14])
    #expect(objects.last?["text"] as? String == "The dam held.")
  }

  @Test("damaged UTF-8 is replaced in the text and counted in the offsets as Python counts it")
  func damagedText() throws {
    let bytes = Array("One ".utf8) + [0xFF, 0xFE] + Array(" two. Three.\n".utf8)
    let objects = try Binary.run(["segment", "-"], input: bytes).objects()
    #expect(objects.map { $0["text"] as? String } == ["One \u{FFFD}\u{FFFD} two.", "Three."])
    #expect(objects.map { $0["start"] as? Int } == [0, 12])
    #expect(objects.map { $0["end"] as? Int } == [11, 18])
  }

  @Test("text form keeps each sentence on its line")
  func textForm() throws {
    let outcome = try Binary.run(
      ["segment", "-", "--format", "text"], text: "The dam\theld,\nsaid one. It\u{1B}[2J rained.\n")
    #expect(outcome.text == "0\t23\tThe dam held, said one.\n24\t38\tIt [2J rained.\n")
  }
}
