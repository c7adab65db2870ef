import Corpus
import Foundation
import TestSupport
import Testing

@Suite("JSONScanner")
struct JSONScannerTests {
  private func parse(_ text: String) throws(JSONError) -> JSONValue {
    let bytes = Array(text.utf8)
    return try JSONValue(bytes.span)
  }

  private func reason(_ text: String) -> JSONError.Reason? {
    do throws(JSONError) {
      _ = try parse(text)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test("values of every kind are read, numbers in their own spelling")
  func values() throws {
    let value = try parse(#" {"a":[1,-0.5e+3,true,false,null,""],"b":{"c":"x"}} "#)
    #expect(
      value
        == .object([
          "a": .array([
            .number("1"), .number("-0.5e+3"), .boolean(true), .boolean(false), .null, .string(""),
          ]), "b": .object(["c": .string("x")]),
        ]))
    #expect(try parse("12").integer == 12)
  }

  @Test("escapes stand for their characters, pairs of surrogates for one")
  func escapes() throws {
    #expect(try parse(#""\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00\u0000""#) == .string("\"\\/\u{8}\u{C}\n\r\té😀\0"))
    #expect(reason(#""\ud800""#) == .loneSurrogate)
    #expect(reason(#""\ud800x""#) == .loneSurrogate)
    #expect(reason(#""\ud800\u0041""#) == .loneSurrogate)
    #expect(reason(#""\udc00""#) == .loneSurrogate)
    #expect(reason(#""\x41""#) == .unknownEscape(UInt8(ascii: "x")))
    #expect(reason(#""\u00g0""#) == .unexpectedByte(UInt8(ascii: "g")))
  }

  @Test(
    "what RFC 8259 forbids is an error",
    arguments: [
      "", " ", "{", "[", "\"", "{\"a\"", "{\"a\":", "{\"a\":1", "[1", "[1,", "[1,]", "[,1]", "{\"a\":1,}", "{a:1}",
      "{'a':1}",
      "NaN", "Infinity", "-Infinity", "nan", "01", "1.", ".5", "+1", "-", "1e", "1e+", "0x1", "tru", "truex", "nul",
      "[1 2]",
      "1 2", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "\"a\nb\"", "\"a\tb\"", "{1:2}", "]", "}", "[}", "{]", "//", "\u{FEFF}1",
      "{\"a\":1,\"a\":2}", "\"\\", "\"\\u12",
    ])
  func invalid(_ text: String) {
    #expect(reason(text) != nil)
  }

  @Test("a quote, an escape or a control character is found at every place in a long string")
  func longStrings() throws {
    for length in 0..<40 {
      for filler in ["a", "é", "\u{7F}", "!", "]"] {
        let run = String(repeating: filler, count: length)
        #expect(try parse("\"\(run)\"") == .string(run))
        #expect(try parse("\"\(run)\\n\(run)\"") == .string(run + "\n" + run))
        let error = #expect(throws: JSONError.self) { try parse("\"\(run)\u{1F}\(run)\"") }
        #expect(error == JSONError(reason: .controlCharacter(0x1F), offset: run.utf8.count + 1))
      }
    }
  }

  @Test("an error names the byte")
  func offset() {
    let error = #expect(throws: JSONError.self) { try parse(#"{"a": nul}"#) }
    #expect(error?.offset == 9)
    #expect(error?.message == "expected “l”, found “}”")
  }

  @Test("nesting is limited, whatever its depth")
  func depth() throws {
    let limit = JSONScanner.maximumDepth
    _ = try parse(String(repeating: "[", count: limit) + String(repeating: "]", count: limit))
    #expect(reason(String(repeating: "[", count: limit + 1)) == .tooDeep)
    #expect(reason(String(repeating: "[", count: 100_000)) == .tooDeep)
    #expect(reason(String(repeating: "{\"a\":", count: 100_000)) == .tooDeep)
  }

  @Test("a scanner that is reset reads other bytes with the same buffer")
  func reset() throws {
    var scanner = JSONScanner()
    for text in ["\"one\"", "\"two\""] {
      let bytes = Array(text.utf8)
      scanner.reset()
      try scanner.string(in: bytes.span)
      try scanner.end(in: bytes.span)
      #expect(String(decoding: scanner.text, as: UTF8.self) == text.dropFirst().dropLast())
    }
  }

  // MARK: - Against Foundation

  private func random(_ generator: inout SeededGenerator, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &generator) {
    case 0: return [.null, .boolean(true), .boolean(false)].randomElement(using: &generator)!
    case 1: return .number(["0", "-1", "12.5", "1e3", "-0.25E-2", "123456"].randomElement(using: &generator)!)
    case 2, 3: return .string(randomText(&generator))
    case 4:
      return .array((0..<Int.random(in: 0..<4, using: &generator)).map { _ in random(&generator, depth: depth + 1) })
    default:
      var members: [String: JSONValue] = [:]
      for index in 0..<Int.random(in: 0..<4, using: &generator) {
        members["\(index)" + randomText(&generator)] = random(&generator, depth: depth + 1)
      }
      return .object(members)
    }
  }

  private func randomText(_ generator: inout SeededGenerator) -> String {
    let letters = ["a", "\"", "\\", "/", "\n", "\u{1}", "é", "😀", "\u{2028}", " ", "{", "]", ","]
    return (0..<Int.random(in: 0..<6, using: &generator)).map { _ in letters.randomElement(using: &generator)! }
      .joined()
  }

  private func write(_ value: JSONValue, _ generator: inout SeededGenerator) -> String {
    let space = ["", "", " ", "\n", "\t"].randomElement(using: &generator)!
    switch value {
    case .null: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .number(let text): return text
    case .string(let text): return quote(text, &generator)
    case .array(let elements):
      return "[" + elements.map { write($0, &generator) + space }.joined(separator: ",") + "]"
    case .object(let members):
      return "{" + space
        + members.sorted { $0.key < $1.key }.map {
          quote($0.key, &generator) + space + ":" + write($0.value, &generator)
        }
        .joined(separator: ",") + "}"
    }
  }

  private func quote(_ text: String, _ generator: inout SeededGenerator) -> String {
    var result = "\""
    for unit in text.utf16 {
      let hexadecimal = String(unit, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
    }
    if Bool.random(using: &generator), text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0 != "\"" && $0 != "\\" })
    {
      return "\"" + text + "\""
    }
    return result + "\""
  }

  private func foundation(_ text: String) -> Any? {
    try? JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
  }

  private func equal(_ value: JSONValue, _ other: Any) -> Bool {
    switch value {
    case .null: return other is NSNull
    case .boolean(let flag): return (other as? NSNumber)?.boolValue == flag
    case .number: return (other as? NSNumber)?.doubleValue == value.number
    case .string(let text): return (other as? String).map { Array($0.utf8) } == Array(text.utf8)
    case .array(let elements):
      guard let others = other as? [Any], others.count == elements.count else { return false }
      return zip(elements, others).allSatisfy { equal($0, $1) }
    case .object(let members):
      guard let others = other as? [String: Any], others.count == members.count else { return false }
      return members.allSatisfy { key, member in others[key].map { equal(member, $0) } ?? false }
    }
  }

  @Test("random documents are read as Foundation reads them")
  func againstFoundation() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      let value = random(&generator, depth: 0)
      let text = write(value, &generator)
      #expect(try parse(text) == value)
      let other = try #require(foundation(text))
      #expect(equal(value, other), "\(text)")
    }
  }

  @Test("a document with one byte changed is accepted or refused as by Foundation")
  func mutationsAgainstFoundation() throws {
    var generator = SeededGenerator(seed: 6)
    let bytes = Array("{}[]\",:\\0123456789eE+-.truefalsn \nu".utf8)
    var refused = 0
    for _ in 0..<2000 {
      var text = Array(write(random(&generator, depth: 0), &generator).utf8)
      let place = Int.random(in: 0..<text.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: text[place] = bytes.randomElement(using: &generator)!
      case 1: text.insert(bytes.randomElement(using: &generator)!, at: place)
      default: text.remove(at: place)
      }
      guard let string = String(validating: text, as: UTF8.self) else { continue }
      // Foundation refuses numbers beyond the range of Double, which RFC 8259 permits and we keep as they are spelled.
      if string.contains(/[eE]\+?[0-9]{3,}/) { continue }
      let ours = try? parse(string)
      let theirs = foundation(string)
      if ours == nil { refused += 1 }
      #expect((ours == nil) == (theirs == nil), "\(string)")
      if let ours, let theirs { #expect(equal(ours, theirs), "\(string)") }
    }
    #expect(refused > 500)
  }
}
