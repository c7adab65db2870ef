import Evaluation
import Foundation

/// What other tools say, written by `Benchmarks/Fixtures/evaluation.py`.
struct Fixture: Decodable {
  struct Case: Decodable {
    let labels: [String]
    let gold: [Int]
    let predicted: [Int]
    let probabilities: [Float]
    let groups: [String]?
    let metrics: [String: Double?]
    let support: [Int]
    let confusion: [Int]
    let curves: Curves
    let intervals: [String: [Double]]?
    let resampled: [Resampled]?
    let selection: Selection
    let paired: Paired?

    var predictions: Predictions {
      Predictions(
        labels: labels, ids: gold.indices.map(String.init), groups: groups, gold: gold, predicted: predicted,
        probabilities: probabilities)
    }
  }

  struct Curves: Decodable {
    let label: Int
    let falseRate: [Double]
    let trueRate: [Double]
    let precision: [Double]
    let recall: [Double]
  }

  struct Resampled: Decodable {
    let value: Double
    let resampled: [Double]
    let jackknife: [Double]
    let percentile: [Double]
    let bca: [Double]
  }

  struct Selection: Decodable {
    let counts: [Int]
    let accuracy: [Double?]
    let confidence: [Double?]
    let thresholds: [Double]
    let coverage: [Double]
    let risk: [Double]
    let area: Double
  }

  struct Paired: Decodable {
    struct Difference: Decodable {
      let difference: Double
      let permutationP: Double
      let bca: [Double]
    }

    let predicted: [Int]
    let kappa: Double
    let alpha: Double
    let accuracy: Difference
    let macroF1: Difference
  }

  struct Table: Decodable {
    let counts: [Int]
    let exact: Double
    let mid: Double
    let interval: [Double]
  }

  struct Adjustment: Decodable {
    let p: [Double]
    let holm: [Double]
    let benjaminiHochberg: [Double]
  }

  struct Ratings: Decodable {
    let ratings: [[Int?]]
    let alpha: Double
  }

  let cases: [Case]
  let mcnemar: [Table]
  let adjustment: Adjustment
  let krippendorff: Ratings
  let normal: [[Double]]

  static func load() throws -> Fixture {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/evaluation.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .custom { keys in
      // Names of metrics and labels are data, not fields.
      let key = keys[keys.count - 1]
      let inMetrics = keys.dropLast().contains { $0.stringValue == "metrics" }
      return inMetrics ? key : Field(stringValue: Self.camelCase(key.stringValue))
    }
    return try decoder.decode(Fixture.self, from: Data(contentsOf: path))
  }

  private struct Field: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private static func camelCase(_ text: String) -> String {
    let words = text.split(separator: "_")
    return words.dropFirst().reduce(String(words.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
  }
}

/// Whether two figures are the same but for rounding.
func isClose(_ a: Double?, _ b: Double?, tolerance: Double = 1e-9) -> Bool {
  switch (a, b) {
  case (nil, nil): true
  case (let a?, let b?): abs(a - b) <= tolerance * max(1, abs(b))
  default: false
  }
}
