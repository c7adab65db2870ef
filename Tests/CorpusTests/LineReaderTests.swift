import Corpus
import TestSupport
import Testing

@Suite("LineReader")
struct LineReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// All lines of a file of these bytes, read in pieces of `chunkBytes`; errors as their code.
  private func lines(
    _ bytes: [UInt8], limit: Int = LineReader.defaultMaximumLineBytes, chunkBytes: Int = 16
  ) throws -> [String] {
    let path = try folder.write(bytes, to: "lines.txt")
    var reader = try LineReader(
      .file(path), maximumLineBytes: limit, refusesBinary: false, chunkBytes: chunkBytes)
    var lines: [String] = []
    while true {
      do throws(CorpusError) {
        guard try reader.advance() else { return lines }
        lines.append(try reader.text(repairing: true))
      } catch {
        lines.append(error.kind.rawValue)
      }
      #expect(reader.number == lines.count)
    }
  }

  private func lines(_ text: String, limit: Int = 1 << 20, chunkBytes: Int = 16) throws -> [String] {
    try lines(Array(text.utf8), limit: limit, chunkBytes: chunkBytes)
  }

  @Test("a final newline opens no further line, and a missing one loses none")
  func finalNewline() throws {
    #expect(try lines("a\nb\n") == ["a", "b"])
    #expect(try lines("a\nb") == ["a", "b"])
    #expect(try lines("a\n\n") == ["a", ""])
    #expect(try lines("\n") == [""])
    #expect(try lines("") == [])
  }

  @Test("CR LF ends a line like LF, and a CR elsewhere belongs to the text")
  func carriageReturns() throws {
    #expect(try lines("a\r\nb\r\n\r\n") == ["a", "b", ""])
    #expect(try lines("a\rb\nc\r") == ["a\rb", "c\r"])
    #expect(try lines("0123456789abcde\r\nx", chunkBytes: 16) == ["0123456789abcde", "x"])
  }

  @Test("a byte order mark is dropped at the start and kept elsewhere")
  func byteOrderMark() throws {
    #expect(try lines("\u{FEFF}a\n\u{FEFF}b", chunkBytes: 3) == ["a", "\u{FEFF}b"])
    #expect(try lines("\u{FEFF}") == [])
  }

  @Test("the beginning of a byte order mark alone is text")
  func partOfMark() throws {
    for bytes in [[0xEF], [0xEF, 0xBB], [0xEF, 0x61], [0xFF], [0xFE]] as [[UInt8]] {
      #expect(try lines(bytes) == [String(decoding: bytes, as: UTF8.self)])
      #expect(try lines(bytes + [0x0A]) == [String(decoding: bytes, as: UTF8.self)])
    }
  }

  @Test("a line over the limit is reported in its place and the others are read")
  func tooLong() throws {
    let long = String(repeating: "x", count: 1000)
    #expect(try lines("a\n\(long)\nb\n\(long)", limit: 100) == ["a", "line-too-long", "b", "line-too-long"])
    let exact = String(repeating: "x", count: 100)
    #expect(
      try lines("\(exact)\r\n\(exact)\n\(exact)x\n\(exact)\r", limit: 100)
        == [exact, exact, "line-too-long", "line-too-long"])
  }

  @Test("a huge line under the limit is read whole")
  func huge() throws {
    let long = String(repeating: "x", count: 3_000_000)
    #expect(try lines("\(long)\nb", limit: .max) == [long, "b"])
  }

  @Test("lines of random bytes equal those of a plain split, whatever the size of the pieces")
  func randomBytes() throws {
    var generator = SeededGenerator(seed: 1)
    let alphabet: [UInt8] = [0x0A, 0x0D, 0x61, 0x62, 0x00, 0xFF, 0xC3, 0xA9]
    for _ in 0..<200 {
      let bytes = (0..<Int.random(in: 0..<80, using: &generator)).map { _ in alphabet.randomElement(using: &generator)!
      }
      var expected = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
      if expected.last == [] { expected.removeLast() }
      for index in expected.indices where expected[index].last == 0x0D {
        // Without the LF after it, a CR at the end of the source is text.
        if index < expected.count - 1 || bytes.last == 0x0A { expected[index].removeLast() }
      }
      let chunk = Int.random(in: 3..<20, using: &generator)
      #expect(try lines(bytes, chunkBytes: chunk) == expected.map { String(decoding: $0, as: UTF8.self) })
    }
  }

  @Test("a missing file, a folder and a path through a file are told apart")
  func opening() throws {
    func kind(_ path: String) -> CorpusError.Kind? {
      do throws(CorpusError) {
        _ = try LineReader(.file(path))
        return nil
      } catch {
        #expect(error.category == .noInput)
        return error.kind
      }
    }
    #expect(kind(folder.file("absent")) == .notFound)
    #expect(kind(folder.path) == .isFolder)
    let path = try folder.write("x", to: "plain")
    #expect(kind(path + "/below") == .notFound)
  }

  @Test("compiled, compressed and UTF-16 files are refused as binary; a stray NUL is text")
  func binary() throws {
    var generator = SeededGenerator(seed: 2)
    let random = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let utf16 = Array("a text\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    for bytes in [random, utf16, [0xFF, 0xFE] + utf16] {
      let path = try folder.write(bytes, to: "binary")
      let error = #expect(throws: CorpusError.self) { _ = try LineReader(.file(path)) }
      #expect(error?.kind == .binary)
      #expect(error?.description.contains(path) == true)
    }
    let text = try folder.write("one\0two\nthree", to: "text")
    var reader = try LineReader(.file(text))
    #expect(try reader.advance())
    #expect(try reader.text(repairing: false) == "one\0two")
  }

  @Test("invalid UTF-8 names line and byte, or is replaced where that is asked for")
  func invalidUTF8() throws {
    let path = try folder.write(Array("ok\nab".utf8) + [0xC3, 0x28, 0x0A], to: "bad")
    var reader = try LineReader(.file(path))
    _ = try reader.advance()
    _ = try reader.advance()
    let error = #expect(throws: CorpusError.self) { try reader.text(repairing: false) }
    #expect(error?.kind == .invalidUTF8)
    #expect(error?.line == 2)
    #expect(error?.byte == 3)
    #expect(try reader.text(repairing: true) == "ab\u{FFFD}(")
  }

  @Test("a whole file is read without its byte order mark, up to a limit")
  func contents() throws {
    let path = try folder.write("\u{FEFF}text\n", to: "whole")
    #expect(try ByteSource.contents(of: .file(path)) == Array("text\n".utf8))
    let error = #expect(throws: CorpusError.self) { try ByteSource.contents(of: .file(path), maximumBytes: 4) }
    #expect(error?.kind == .lineTooLong)
  }
}
