import Corpus
import FeatureExtraction
import Foundation
import LinearAlgebra
import Testing

/// Compares with scikit-learn, by `Benchmarks/Fixtures/features.py`.
@Suite("values of scikit-learn's vectorizers")
struct VectorizerTests {
  private struct Fixture: Decodable {
    struct Case: Decodable {
      let columns: Int
      let values: [[Float]]
      let products: [[Float]]
    }
    let texts: [String]
    let cases: [String: Case]
  }

  static let configurations: [String: FeatureExtractor.Configuration] = [
    "sublinear": .init(words: .init(orders: 1...2), space: .vocabulary(minimumDocuments: 1, maximumSize: 10000)),
    "pruned": .init(
      words: .init(orders: 1...3, weighting: Weighting(frequency: .count)),
      space: .vocabulary(minimumDocuments: 2, maximumSize: 10000)),
    "binary": .init(
      words: .init(orders: 2...3, weighting: .binary), space: .vocabulary(minimumDocuments: 1, maximumSize: 10000)),
    "characters": .init(
      words: nil, characters: .init(orders: 2...5, weighting: Weighting(frequency: .count)),
      space: .vocabulary(minimumDocuments: 1, maximumSize: 10000)),
    "union": .init(
      words: .init(orders: 1...2), characters: .init(orders: 3...4),
      space: .vocabulary(minimumDocuments: 1, maximumSize: 10000)),
  ]

  @Test("equal scikit-learn's", arguments: configurations.keys.sorted())
  func equal(name: String) throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/vectorizers.json")
    let fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: path))
    let expected = try #require(fixture.cases[name])
    let configuration = try #require(Self.configurations[name])
    let (extractor, matrix) = try FeatureExtractor.fit(
      configuration, statements: Invented.statements(fixture.texts))
    #expect(extractor.columnCount == expected.columns)
    let found = RowFacts(matrix.sparse)
    for row in fixture.texts.indices {
      #expect(RowFacts.areClose(found.values[row], expected.values[row]))
      #expect(RowFacts.areClose(found.products[row], expected.products[row]))
    }
  }
}

/// What of a matrix does not depend on the order of its columns.
struct RowFacts {
  /// The sorted values of each row.
  let values: [[Float]]
  /// The products of each row with every row.
  let products: [[Float]]

  init(_ matrix: SparseMatrix) {
    let rows = (0..<matrix.rowCount).map { row in
      let range = matrix.offsets[row]..<matrix.offsets[row + 1]
      return Dictionary(uniqueKeysWithValues: zip(matrix.columns[range].map(Int.init), matrix.values[range]))
    }
    self.init(rows: rows)
  }

  init<Feature: Hashable>(rows: [[Feature: Float]]) {
    values = rows.map { $0.values.sorted() }
    products = rows.map { left in
      rows.map { right in left.reduce(0) { $0 + $1.value * (right[$1.key] ?? 0) } }
    }
  }

  static func areClose(_ left: [Float], _ right: [Float], tolerance: Float = 2e-5) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }
}
