import Classification
import Foundation
import TestSupport
import Testing

@Suite("Calibration")
struct CalibrationTests {
  /// Margins three times too large, and the first label's shifted by one.
  static func problem() -> (margins: [[Double]], labels: [Int]) {
    var generator = SeededGenerator(seed: 21)
    var margins: [[Double]] = []
    var labels: [Int] = []
    for _ in 0..<4000 {
      let truth = (0..<3).map { _ in Double.random(in: -2...2, using: &generator) }
      let shares = truth.map { exp($0) }
      var draw = Double.random(in: 0..<shares.reduce(0, +), using: &generator)
      var label = 0
      while label < 2 && draw >= shares[label] {
        draw -= shares[label]
        label += 1
      }
      labels.append(label)
      margins.append([3 * truth[0] + 1, 3 * truth[1], 3 * truth[2]])
    }
    return (margins, labels)
  }

  static func loss(_ calibration: Calibration, _ margins: [[Double]], _ labels: [Int]) -> Double {
    zip(margins, labels).reduce(0) { $0 - log(calibration.probabilities(of: $1.0)[$1.1]) } / Double(labels.count)
  }

  @Test("temperature finds the scale and keeps every decision") func temperature() throws {
    let (margins, labels) = Self.problem()
    let calibration = try Calibration(margins: margins, labels: labels)
    #expect(Set(calibration.scales).count == 1 && calibration.shifts == [0, 0, 0])
    #expect(abs(calibration.scales[0] - 1.0 / 3) < 0.03)
    #expect(Self.loss(calibration, margins, labels) < Self.loss(Calibration(labelCount: 3), margins, labels))
    for row in margins.prefix(200) {
      let after = calibration.probabilities(of: row)
      #expect(row.firstIndex(of: row.max()!) == after.firstIndex(of: after.max()!))
    }
  }

  @Test("vector scaling finds the shift too") func vector() throws {
    let (margins, labels) = Self.problem()
    let calibration = try Calibration(margins: margins, labels: labels, method: .vector)
    for scale in calibration.scales { #expect(abs(scale - 1.0 / 3) < 0.05) }
    #expect(abs(calibration.shifts[0] - calibration.shifts[1] + 1.0 / 3) < 0.1)
    let temperature = try Calibration(margins: margins, labels: labels)
    #expect(Self.loss(calibration, margins, labels) < Self.loss(temperature, margins, labels))
  }

  @Test("a row of weight three counts like three rows, one of weight zero like none")
  func weights() throws {
    let (margins, labels) = Self.problem()
    let counts = labels.indices.map { $0 % 5 == 0 ? 3 : $0 % 2 }
    let rows = labels.indices.flatMap { [Int](repeating: $0, count: counts[$0]) }
    for method in Calibration.Method.allCases {
      let weighted = try Calibration(margins: margins, labels: labels, weights: counts.map(Double.init), method: method)
      let repeated = try Calibration(margins: rows.map { margins[$0] }, labels: rows.map { labels[$0] }, method: method)
      for (a, b) in zip(weighted.scales + weighted.shifts, repeated.scales + repeated.shifts) {
        #expect(abs(a - b) < 1e-6)
      }
    }
  }

  @Test("a label that never comes does not run away") func absent() throws {
    let calibration = try Calibration(
      margins: [[1, 0, -1], [0, 1, -1], [2, 0, -1]], labels: [0, 1, 0], method: .vector)
    #expect(calibration.scales.allSatisfy { $0.isFinite && abs($0) < 5 })
    #expect(calibration.shifts.allSatisfy { $0.isFinite && abs($0) < 5 })
  }

  @Test("what cannot be fitted is refused") func refusals() {
    #expect(throws: FitError.noRows) { try Calibration(margins: [], labels: []) }
    #expect(throws: FitError.shape(what: "weights", found: 2, rows: 1)) {
      try Calibration(margins: [[1, 2]], labels: [0], weights: [1, 1])
    }
    #expect(throws: FitError.labelOutOfRange(row: 0, label: 2, labelCount: 2)) {
      try Calibration(margins: [[1, 2]], labels: [2])
    }
    #expect(throws: FitError.notFinite(row: 0, column: 1)) { try Calibration(margins: [[1, .nan]], labels: [0]) }
    #expect(throws: FitError.shape(what: "labels", found: 2, rows: 1)) {
      try Calibration(margins: [[1, 2]], labels: [0, 1])
    }
  }

  @Test("a calibration survives JSON") func codable() throws {
    let calibration = Calibration(scales: [0.5, 2], shifts: [0.1, -0.1])
    let data = try JSONEncoder().encode(calibration)
    #expect(try JSONDecoder().decode(Calibration.self, from: data) == calibration)
  }

  @Test(
    "margins that are worse than chance lose their confidence, not their order", arguments: Calibration.Method.allCases)
  func worseThanChance(method: Calibration.Method) throws {
    let margins: [[Double]] = (0..<40).map { $0 % 2 == 0 ? [3, -3] : [-3, 3] }
    let calibration = try Calibration(margins: margins, labels: (0..<40).map { ($0 + 1) % 2 }, method: method)
    #expect(calibration.scales.allSatisfy { $0 > 0 })
    let probabilities = calibration.probabilities(of: [3, -3])
    #expect(probabilities[0] > probabilities[1] && probabilities[0] < 0.51)
  }
}

@Suite("Abstention")
struct AbstentionTests {
  @Test("a label below its threshold is not given out") func decide() {
    let abstention = Abstention(thresholds: [0.5, 0.8])
    #expect(abstention.decide([0.6, 0.4]) == 0)
    #expect(abstention.decide([0.3, 0.7]) == nil)
    #expect(abstention.decide([0.2, 0.8]) == 1)
    #expect(abstention.decide([0.5, 0.5]) == 0)
  }

  @Test("thresholds reach the precision asked for") func precision() {
    // Label 0 is right at 0.9 and 0.8, wrong at 0.7 and right at 0.6; label 1 is always right; label 2 never given.
    let probabilities: [[Double]] = [
      [0.9, 0.1, 0], [0.8, 0.2, 0], [0.7, 0.3, 0], [0.6, 0.4, 0], [0.1, 0.9, 0], [0.2, 0.8, 0],
    ]
    let labels = [0, 0, 1, 0, 1, 1]
    // Each ten times, so that every threshold lets in enough.
    func thresholds(_ precision: Double) -> [Double] {
      Abstention(
        precisions: [precision, precision, precision],
        probabilities: probabilities.flatMap { repeatElement($0, count: 10) },
        labels: labels.flatMap { repeatElement($0, count: 10) }
      ).thresholds
    }
    #expect(thresholds(1) == [0.8, 0, 0])
    #expect(thresholds(0.75) == [0, 0, 0])
    #expect(thresholds(0.7) == [0, 0, 0])
  }

  @Test("a precision out of reach closes the label") func unreachable() {
    let abstention = Abstention(
      precisions: [0.9, 0.9], probabilities: [[0.9, 0.1], [0.8, 0.2]], labels: [1, 1])
    #expect(abstention.thresholds == [1, 0])
  }

  @Test("each label has a precision of its own") func perLabel() {
    let probabilities: [[Double]] = [[0.9, 0.1], [0.6, 0.4], [0.1, 0.9], [0.4, 0.6]]
    let abstention = Abstention(
      precisions: [1, 0.5], probabilities: probabilities.flatMap { repeatElement($0, count: 10) },
      labels: [0, 1, 1, 0].flatMap { repeatElement($0, count: 10) })
    #expect(abstention.thresholds == [0.9, 0])
  }

  @Test("a few lucky decisions make no threshold") func fewDecisions() {
    let probabilities = (0..<30).map { [0.9 - 0.01 * Double($0), 0.1 + 0.01 * Double($0)] }
    // Right are the nine surest, then the ten surest.
    for (right, threshold) in [(9, 1.0), (10, 0.81)] {
      let labels = (0..<30).map { $0 < right ? 0 : 1 }
      let abstention = Abstention(precisions: [1, 1], probabilities: probabilities, labels: labels)
      #expect(abs(abstention.thresholds[0] - threshold) < 1e-9)
    }
  }

  @Test("decisions of equal probability stand or fall together") func ties() {
    let abstention = Abstention(
      precisions: [0.9, 0.9], probabilities: [[0.9, 0.1], [0.9, 0.1], [0.6, 0.4]], labels: [0, 1, 1])
    #expect(abstention.thresholds[0] == 1)
  }
}
