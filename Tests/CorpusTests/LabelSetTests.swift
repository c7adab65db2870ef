import Corpus
import Testing

@Suite("LabelSet")
struct LabelSetTests {
  private func statements(_ labels: [String], task: String) -> [Statement] {
    labels.enumerated().map { Statement(id: "\($0.offset)", text: "t", labels: [task: $0.element]) }
  }

  @Test("labels of a known task stand in the standard order, whatever the order of the rows")
  func standardOrder() throws {
    let learnt = try LabelSet(
      learntFrom: statements(["none", "favor", "against", "none"], task: "stance"), task: "stance")
    #expect(learnt == .stance)
    let part = try LabelSet(learntFrom: statements(["none", "favor"], task: "stance"), task: "stance")
    #expect(part.names == ["favor", "none"])
    #expect(part.index(of: "none") == 1)
    #expect(part.index(of: "against") == nil)
  }

  @Test("other labels are sorted by their bytes")
  func otherLabels() throws {
    let learnt = try LabelSet(learntFrom: statements(["b", "É", "a", "Z"], task: "stance"), task: "stance")
    #expect(learnt.names == ["Z", "a", "b", "É"])
  }

  @Test("one label only, or none at all, is an error that says so")
  func tooFewLabels() {
    let one = #expect(throws: CorpusError.self) {
      try LabelSet(learntFrom: statements(["favor", "favor"], task: "stance"), task: "stance")
    }
    #expect(one?.kind == .unsuitableData)
    #expect(one?.message.contains("only “favor”") == true)
    let none = #expect(throws: CorpusError.self) {
      try LabelSet(learntFrom: statements(["x"], task: "other"), task: "stance")
    }
    #expect(none?.kind == .missingLabel)
  }
}
