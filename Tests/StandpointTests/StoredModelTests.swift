import Corpus
import FeatureExtraction
import Foundation
import ModelStore
import Standpoint
import TestSupport
import Testing

/// Models of earlier schemas stay readable and answer as they did.
@Suite("Stored models")
struct StoredModelTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().path + "/Fixtures"

  /// A stance model with word vectors that standpoint 0.1.0 wrote with schema 1, and its answers then.
  private static let old = fixtures + "/schema-1"

  private func answers() throws -> [(label: String, probabilities: [Float])] {
    let text = try String(contentsOfFile: Self.fixtures + "/schema-1-answers.jsonl", encoding: .utf8)
    return try text.split(separator: "\n").map { line in
      let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let stance = try #require(row?["stance"] as? [String: Any])
      let probabilities = try #require(stance["probabilities"] as? [String: NSNumber])
      return try (
        #require(stance["label"] as? String),
        ["favor", "against", "none"].map { try #require(probabilities[$0]).floatValue }
      )
    }
  }

  private func expectAnswers(of model: Model) throws {
    let scorer = try Scorer(models: [model])
    var reader = try StatementReader(
      .file(Self.fixtures + "/schema-1-statements.jsonl"), format: .jsonl, purpose: .scoring)
    for expected in try answers() {
      let answer = try scorer.score(try #require(try reader.next()))[0]
      #expect(answer.label == expected.label)
      for (found, wanted) in zip(answer.probabilities, expected.probabilities) { #expect(abs(found - wanted) < 1e-4) }
    }
  }

  @Test("a model of schema 1 answers as it did, also once it is written anew")
  func schema1() throws {
    #expect(try ModelDirectory(verifying: Self.old).manifest.schema == 1)
    let model = try Model(contentsOf: Self.old)
    try expectAnswers(of: model)
    let folder = try TemporaryFolder()
    try model.write(to: folder.file("new"), metrics: [], card: "", datasetDigest: "")
    #expect(try ModelDirectory(verifying: folder.file("new")).manifest.schema == ModelManifest.currentSchema)
    try expectAnswers(of: Model(contentsOf: folder.file("new")))
  }

  @Test("weights that were stored and read are those that were rounded, bit for bit")
  func storedWeights() throws {
    let folder = try TemporaryFolder()
    let model = try Model(contentsOf: Self.old)
    try model.write(to: folder.file("new"), metrics: [], card: "", datasetDigest: "")
    #expect(try Model(contentsOf: folder.file("new")).classifier == model.classifier)
  }
}
