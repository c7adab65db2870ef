import Corpus
import Foundation
import Testing

private let corporaFolder = ProcessInfo.processInfo.environment["STANDPOINT_CORPORA"]

/// Reads the published files themselves, where the environment variable `STANDPOINT_CORPORA` names a folder with one
/// folder for each corpus. Counts are those that the authors, or a count of the raw files, give.
@Suite("PublicCorpus on the published files", .enabled(if: corporaFolder != nil))
struct PublicCorpusCountTests {
  struct Expectation: Sendable, CustomTestStringConvertible {
    let corpus: PublicCorpus
    let split: String
    let counts: [String: Int]
    var testDescription: String { "\(corpus.rawValue) \(split)" }
  }

  private static func stance(_ favor: Int, _ against: Int, _ none: Int) -> [String: Int] {
    ["favor": favor, "against": against, "none": none].filter { $0.value > 0 }
  }

  static let expectations: [Expectation] = [
    Expectation(corpus: .semEval2016, split: "train", counts: stance(753, 1395, 766)),
    Expectation(corpus: .newsMTSC, split: "train", counts: stance(2395, 3316, 3028)),
    Expectation(corpus: .newsMTSC, split: "dev_rw", counts: stance(73, 134, 136)),
    Expectation(corpus: .newsMTSC, split: "dev_mt", counts: stance(89, 136, 217)),
    Expectation(corpus: .gwStance, split: "train", counts: stance(701, 361, 788)),
    Expectation(
      corpus: .fnc1, split: "train", counts: ["agree": 3678, "disagree": 840, "discuss": 8909, "unrelated": 36545]),
    Expectation(corpus: .vast, split: "train", counts: stance(5327, 5595, 2555)),
    Expectation(corpus: .vast, split: "dev", counts: stance(681, 684, 697)),
    Expectation(corpus: .pStance, split: "train", counts: stance(8347, 8877, 0)),
    Expectation(corpus: .pStance, split: "val", counts: stance(1052, 1141, 0)),
    Expectation(corpus: .pStance, split: "test", counts: stance(1032, 1125, 0)),
    Expectation(corpus: .ibmClaimStance, split: "train", counts: stance(625, 414, 0)),
    Expectation(corpus: .ibmClaimStance, split: "test", counts: stance(700, 655, 0)),
    Expectation(
      corpus: .polnearSourcing, split: "train",
      counts: [
        "unattributed": 7567, "person": 13323, "organization": 895, "media": 344, "document": 997, "anonymous": 3153,
      ]),
    Expectation(
      corpus: .polnearSourcing, split: "dev",
      counts: [
        "unattributed": 714, "person": 1490, "organization": 146, "media": 54, "document": 110, "anonymous": 295,
      ]),
    Expectation(corpus: .perspectrum, split: "train", counts: stance(3599, 3379, 0)),
    Expectation(corpus: .perspectrum, split: "dev", counts: stance(1047, 1024, 0)),
    Expectation(corpus: .perspectrum, split: "test", counts: stance(1471, 1302, 0)),
    Expectation(corpus: .emergent, split: "train", counts: stance(650, 216, 469)),
    Expectation(corpus: .emergent, split: "test", counts: stance(148, 77, 145)),
  ]

  @Test("each part has the published number of rows of each label", arguments: expectations)
  func counts(_ expectation: Expectation) throws {
    let folder = try #require(corporaFolder) + "/" + expectation.corpus.rawValue
    let statements = try expectation.corpus.statements(inFolder: folder, split: expectation.split)
    var counts: [String: Int] = [:]
    for statement in statements { counts[statement.labels[expectation.corpus.task] ?? "", default: 0] += 1 }
    #expect(counts == expectation.counts)
    #expect(Set(statements.map(\.id)).count == statements.count, "ids are unique")
    #expect(statements.allSatisfy { !$0.text.isEmpty })
    if expectation.corpus.task == "stance" { #expect(statements.allSatisfy { $0.target?.isEmpty == false }) }
  }

  @Test("a mention stands in its sentence where its span says")
  func spans() throws {
    let folder = try #require(corporaFolder) + "/newsmtsc"
    for statement in try PublicCorpus.newsMTSC.statements(inFolder: folder, split: "train") {
      let span = try #require(statement.targetSpan)
      let scalars = Array(statement.text.unicodeScalars)[span]
      #expect(String(String.UnicodeScalarView(scalars)) == statement.target)
    }
  }
}
