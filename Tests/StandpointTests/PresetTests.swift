import Corpus
import Standpoint
import Testing

@Suite("Preset")
struct PresetTests {
  /// Rows toward so many targets, with texts of so many letters.
  func rows(targets: Int, letters: Int = 80, span: Range<Int>? = nil) -> [Statement] {
    (0..<60).map { number in
      Statement(
        id: "\(number)", text: String(repeating: "a", count: letters), target: "target \(number % targets)",
        targetSpan: span)
    }
  }

  @Test("where none is named, what the rows look like decides")
  func standard() {
    #expect(Preset.standard(for: "sourcing", statements: rows(targets: 3)) == .sourcing)
    #expect(Preset.standard(for: "stance", statements: rows(targets: 3)) == .topic)
    #expect(Preset.standard(for: "stance", statements: rows(targets: 20)) == .topic)
    #expect(Preset.standard(for: "stance", statements: rows(targets: 21)) == .proposition)
    #expect(Preset.standard(for: "stance", statements: rows(targets: 40, span: 0..<3)) == .mention)
    #expect(Preset.standard(for: "stance", statements: rows(targets: 40, letters: 1200)) == .pair)
    #expect(Preset.standard(for: "related", statements: rows(targets: 40, letters: 1200)) == .pair)
  }

  @Test("without any target a stance is a topic's, and another task is read by its words")
  func withoutTargets() {
    let plain = [Statement(id: "1", text: "The quay was closed.")]
    #expect(Preset.standard(for: "stance", statements: plain) == .topic)
    #expect(Preset.standard(for: "genre", statements: plain) == .words)
  }

  @Test("a row whose target is not placed keeps all from being mentions")
  func mixed() {
    let mixed = rows(targets: 2, span: 0..<3) + [Statement(id: "last", text: "a", target: "target 1")]
    #expect(Preset.standard(for: "stance", statements: mixed) == .topic)
  }
}
