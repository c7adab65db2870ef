import Reporting
import Testing

@Suite("Table")
struct TableTests {
  let table = Table(
    [.words("Name"), .numbers("n")], rows: [["東京", "1"], ["cafe\u{301}", "20"], ["👩‍👩‍👧", "3"], ["a\nb\u{7}", "4"]])

  @Test("columns line up with wide characters, combining marks, emoji and control characters")
  func alignment() {
    #expect(
      table.text() == """
        Name   n
        ────  ──
        東京   1
        cafe\u{301}  20
        👩‍👩‍👧     3
        a b    4

        """)
  }

  @Test("LaTeX numbers have minus signs, and words keep their hyphens")
  func minus() {
    let latex = Table([.words("x"), .numbers("n")], rows: [["a -1", "-0.2 [-0.3, ∞]"]]).latex
    #expect(latex.contains("  a -1 & $-$0.2 [$-$0.3, $\\infty$] \\\\\n"))
  }

  @Test("a LaTeX row that starts with a bracket is no optional argument")
  func bracket() {
    #expect(Table([.words("x")], rows: [["[1, 2]"]]).latex.contains("\n  {}[1, 2] \\\\\n"))
  }
}

@Suite("Figures")
struct FiguresTests {
  @Test("numbers are written with sensible digits")
  func figures() {
    #expect(Figures.text(0.12345) == "0.123")
    #expect(Figures.text(-0.0001) == "0.000")
    #expect(Figures.text(Double.nan) == "–")
    #expect(Figures.signed(0.02) == "+0.020")
    #expect(Figures.pValue(0.0004) == "< 0.001")
    #expect(Figures.duration(seconds: 0.04) == "0.040 s")
    #expect(Figures.duration(seconds: 3725) == "1 h 2 min")
    #expect(
      Figures.grouped(999) == "999" && Figures.grouped(1000) == "1,000" && Figures.grouped(-1_234_567) == "-1,234,567")
    #expect(Figures.counted(1, "item") == "1 item" && Figures.counted(0, "item") == "0 items")
    #expect(Figures.bytes(1_500_000_000) == "1.5 GB")
  }
}
