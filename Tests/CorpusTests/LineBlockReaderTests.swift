import Corpus
import TestSupport
import Testing

@Suite("LineBlockReader")
struct LineBlockReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// All lines of a source, or the codes of their errors.
  private func blocks(_ path: String, limit: Int, blockBytes: Int) throws -> [String] {
    var reader = try LineBlockReader(.file(path), maximumLineBytes: limit, blockBytes: blockBytes)
    var block = LineBlock()
    var lines: [String] = []
    while try reader.next(into: &block) {
      #expect(block.firstNumber == lines.count + 1)
      #expect(!block.lines.isEmpty)
      for (index, line) in block.lines.enumerated() {
        if let error = block.errors.first(where: { $0.line == index }) {
          #expect(error.error.line == lines.count + 1)
          lines.append(error.error.kind.rawValue)
        } else {
          lines.append(String(decoding: block.bytes[line], as: UTF8.self))
        }
      }
    }
    #expect(block.fractionRead == 1)
    return lines
  }

  /// The same by the plain twin.
  private func lines(_ path: String, limit: Int) throws -> [String] {
    var reader = try LineReader(.file(path), maximumLineBytes: limit, refusesBinary: false)
    var lines: [String] = []
    while true {
      do throws(CorpusError) {
        guard try reader.advance() else { return lines }
        lines.append(try reader.text(repairing: true))
      } catch {
        lines.append(error.kind.rawValue)
      }
    }
  }

  @Test("cuts random bytes as LineReader does, whatever the size of the blocks", arguments: [1, 2, 3] as [UInt64])
  func equalsLineReader(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let alphabet: [UInt8] = [0x0A, 0x0D, 0x61, 0x62, 0x00, 0xFF, 0xC3, 0xA9, 0x63, 0x64]
    for _ in 0..<150 {
      let count = Int.random(in: 0..<120, using: &generator)
      var bytes = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
      if Bool.random(using: &generator) { bytes = [0xEF, 0xBB, 0xBF] + bytes }
      let path = try folder.write(bytes, to: "bytes")
      let limit = Int.random(in: 1..<30, using: &generator)
      let expected = try lines(path, limit: limit)
      for blockBytes in [3, Int.random(in: 3..<40, using: &generator), 4096] {
        #expect(try blocks(path, limit: limit, blockBytes: blockBytes) == expected)
      }
    }
  }

  @Test("a long line between short ones is kept up to the limit and reported beyond it")
  func longLines() throws {
    let long = String(repeating: "x", count: 100_000)
    let path = try folder.write("a\n\(long)\nb\r\n\(long)", to: "long")
    #expect(try blocks(path, limit: 100_000, blockBytes: 64) == ["a", long, "b", long])
    #expect(
      try blocks(path, limit: 99_999, blockBytes: 64) == ["a", "line-too-long", "b", "line-too-long"])
  }
}
