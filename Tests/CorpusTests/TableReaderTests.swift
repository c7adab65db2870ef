import Corpus
import TestSupport
import Testing

@Suite("TableReader")
struct TableReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(
    _ text: String, separator: Character = ",", quoting: Bool = true, limit: Int = 1 << 20
  ) throws -> TableReader {
    let path = try folder.write(text, to: "table.csv")
    let lines = try LineReader(.file(path), maximumLineBytes: limit, chunkBytes: 16)
    return TableReader(lines, separator: separator.asciiValue!, quoting: quoting, maximumRecordBytes: limit)
  }

  private func records(_ text: String, separator: Character = ",", quoting: Bool = true) throws -> [[String]] {
    var table = try open(text, separator: separator, quoting: quoting)
    var records: [[String]] = []
    while try table.advance() { records.append(try table.texts()) }
    return records
  }

  @Test("quoted fields hold separators, doubled quotes and newlines")
  func quoting() throws {
    #expect(try records("a,\"b,c\",\"d\"\"e\"\n\"x\ny\",,\"\"\n") == [["a", "b,c", "d\"e"], ["x\ny", "", ""]])
    #expect(try records("a\t\"b\tc\"\r\n\"x\r\ny\"\tz", separator: "\t") == [["a", "b\tc"], ["x\r\ny", "z"]])
    #expect(try records("a,b,\n,\n") == [["a", "b", ""], ["", ""]])
  }

  @Test("a quote within an unquoted field stands for itself")
  func innerQuote() throws {
    #expect(try records("he said \"no\",b\n") == [["he said \"no\"", "b"]])
    #expect(try records("\"a\"b\t\"c\n", separator: "\t", quoting: false) == [["\"a\"b", "\"c"]])
  }

  @Test("a record knows the line on which it begins")
  func lineNumbers() throws {
    var table = try open("a\n\"b\nc\"\nd\n")
    var lines: [Int] = []
    while try table.advance() { lines.append(table.line) }
    #expect(lines == [1, 2, 4])
  }

  @Test("an unclosed quote is reported on the line where it opens, and ends the reading")
  func unclosedQuote() throws {
    var table = try open("a,b\nc,\"d\ne,f\n")
    #expect(try table.advance())
    let error = #expect(throws: CorpusError.self) { try table.advance() }
    #expect(error?.kind == .unclosedQuote)
    #expect(error?.line == 2)
    #expect(error?.message.contains("--max-line-bytes") == false)
    #expect(try table.advance() == false)
    var endless = try open("\"a\n" + String(repeating: "line\n", count: 1000), limit: 100)
    let tooLong = #expect(throws: CorpusError.self) { try endless.advance() }
    #expect(tooLong?.kind == .unclosedQuote)
    #expect(tooLong?.line == 1)
    // The quote may well be closed further on.
    #expect(tooLong?.message.contains("close the quote") == true)
    #expect(tooLong?.message.contains("raise the limit (--max-line-bytes)") == true)
  }

  @Test("text after a closing quote is an error, and the next record is read")
  func strayQuote() throws {
    var table = try open("\"a\" b,c\nd,e\n")
    let error = #expect(throws: CorpusError.self) { try table.advance() }
    #expect(error?.kind == .strayQuote)
    #expect(error?.line == 1)
    #expect(try table.advance())
    #expect(try table.texts() == ["d", "e"])
  }

  @Test("random tables come back as they were written")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 3)
    let alphabet = ["a", "é", ",", "\"", "\n", "\r\n", " ", "\t", ""]
    for _ in 0..<200 {
      let width = Int.random(in: 1...4, using: &generator)
      let table = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
        (0..<width).map { _ in
          (0..<Int.random(in: 0...5, using: &generator)).map { _ in alphabet.randomElement(using: &generator)! }
            .joined()
        }
      }
      let text = table.map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
      }.joined(separator: "\r\n")
      #expect(try records(text) == table)
    }
  }

  @Test("random bytes never crash and always end")
  func randomBytes() throws {
    var generator = SeededGenerator(seed: 4)
    let alphabet: [UInt8] = Array("a,\"\n\r\t".utf8) + [0xFF, 0x00, 0xC3]
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in alphabet.randomElement(using: &generator)!
      }
      let path = try folder.write(bytes, to: "random.csv")
      var table = TableReader(try LineReader(.file(path), refusesBinary: false, chunkBytes: 3), separator: 0x2C)
      var calls = 0
      while calls <= bytes.count + 1 {
        calls += 1
        do throws(CorpusError) {
          guard try table.advance() else { break }
          _ = try table.texts(repairing: true)
        } catch {
          #expect([.strayQuote, .unclosedQuote].contains(error.kind))
        }
      }
      #expect(calls <= bytes.count + 1)
    }
  }
}
