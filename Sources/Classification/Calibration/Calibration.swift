internal import Foundation
internal import LinearAlgebra

/// A correction of margins after which probabilities mean what they say, fitted on statements that training did not see.
///
/// Corrected margins are scale·margin + shift, label by label. Temperature scaling has one scale for all labels and no
/// shifts, so it never changes which label wins (Guo et al. 2017); vector scaling has one scale and one shift a label.
public struct Calibration: Codable, Equatable, Sendable {
  /// How many numbers a calibration may fit.
  public enum Method: String, Codable, Sendable, CaseIterable {
    /// One scale for all labels.
    case temperature
    /// One scale and one shift for each label: corrects the shift that class weights bring, too.
    case vector
  }

  /// What each label's margin is multiplied with.
  public let scales: [Double]
  /// What is then added to each label's margin.
  public let shifts: [Double]

  /// A correction over its numbers.
  ///
  /// - Precondition: as many scales as shifts.
  public init(scales: [Double], shifts: [Double]) {
    precondition(scales.count == shifts.count, "a scale and a shift for each label are needed")
    self.scales = scales
    self.shifts = shifts
  }

  /// The correction that changes nothing.
  public init(labelCount: Int) {
    self.init(
      scales: [Double](repeating: 1, count: labelCount), shifts: [Double](repeating: 0, count: labelCount))
  }

  /// The probabilities that corrected margins give.
  ///
  /// - Precondition: one margin a label.
  public func probabilities(of margins: [Double]) -> [Double] {
    precondition(margins.count == scales.count, "\(margins.count) margins do not fit \(scales.count) labels")
    return softmax(margins.indices.map { scales[$0] * margins[$0] + shifts[$0] })
  }

  /// Fits a correction to held-out margins by Newton's method on the weighted sum of log losses and a penalty.
  ///
  /// A small penalty toward the correction that changes nothing (as of one statement) keeps a label without held-out
  /// statements where it is.
  ///
  /// - Parameters:
  ///   - margins: rows × labels, from `LinearClassifier.decision`.
  ///   - labels: the right label of every row.
  ///   - weights: how much each row counts; 1 if nil.
  ///   - method: how much may change.
  /// - Throws: `FitError` if there are no rows, labels do not fit, margins are not finite, or a weight is negative or no number.
  /// - Precondition: rows of margins have one length.
  /// - Complexity: O(rows · labels²) for each of a few steps.
  public init(
    margins: [[Double]], labels: [Int], weights: [Double]? = nil, method: Method = .temperature
  ) throws(FitError) {
    guard let first = margins.first else { throw .noRows }
    guard labels.count == margins.count else {
      throw .shape(what: "labels", found: labels.count, rows: margins.count)
    }
    if let weights, weights.count != margins.count {
      throw .shape(what: "weights", found: weights.count, rows: margins.count)
    }
    for (row, weight) in (weights ?? []).enumerated() where !(weight >= 0 && weight.isFinite) {
      throw .weight(row: row, weight: weight)
    }
    let count = first.count
    for (row, label) in labels.enumerated() {
      guard label >= 0, label < count else { throw .labelOutOfRange(row: row, label: label, labelCount: count) }
      precondition(margins[row].count == count, "rows of margins differ in length")
      if let column = margins[row].firstIndex(where: { !$0.isFinite }) { throw .notFinite(row: row, column: column) }
    }
    var fit = Fit(
      margins: margins, labels: labels, weights: weights ?? margins.map { _ in 1 }, labelCount: count, method: method)
    fit.minimize()
    let fitted = fit.calibration
    // Held-out predictions worse than chance would turn the order of labels around; almost no confidence is left to them.
    self.init(scales: fitted.scales.map { max($0, Self.smallestScale) }, shifts: fitted.shifts)
  }

  /// The smallest scale that a fit may end with.
  private static let smallestScale = 0.001
}

/// Newton's method with step halving for a calibration's few parameters.
private struct Fit {
  let margins: [[Double]]
  let labels: [Int]
  let weights: [Double]
  let labelCount: Int
  let method: Calibration.Method
  var parameters: [Double]

  init(margins: [[Double]], labels: [Int], weights: [Double], labelCount: Int, method: Calibration.Method) {
    self.margins = margins
    self.labels = labels
    self.weights = weights
    self.labelCount = labelCount
    self.method = method
    parameters = Self.neutral(method, labelCount)
  }

  private static func neutral(_ method: Calibration.Method, _ labelCount: Int) -> [Double] {
    switch method {
    case .temperature: [1]
    case .vector: [Double](repeating: 1, count: labelCount) + [Double](repeating: 0, count: labelCount)
    }
  }

  var calibration: Calibration { calibration(parameters) }

  private func calibration(_ parameters: [Double]) -> Calibration {
    switch method {
    case .temperature:
      Calibration(
        scales: [Double](repeating: parameters[0], count: labelCount),
        shifts: [Double](repeating: 0, count: labelCount))
    case .vector:
      Calibration(scales: Array(parameters[..<labelCount]), shifts: Array(parameters[labelCount...]))
    }
  }

  private func value(_ parameters: [Double]) -> Double {
    let calibration = calibration(parameters)
    var sum = 0.0
    for (place, label) in labels.enumerated() {
      let row = margins[place]
      let corrected = row.indices.map { calibration.scales[$0] * row[$0] + calibration.shifts[$0] }
      sum += weights[place] * (logSumExp(corrected) - corrected[label])
    }
    for (own, neutral) in zip(parameters, Self.neutral(method, labelCount)) {
      sum += 0.5 * (own - neutral) * (own - neutral)
    }
    return sum
  }

  mutating func minimize() {
    var value = value(parameters)
    for _ in 0..<100 {
      let (gradient, hessian) = derivatives()
      let direction = solve(hessian, gradient.map { -$0 })
      let slope = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
      guard -slope > 1e-12 * max(1, value) else { return }
      var step = 1.0
      while step > 1e-8 {
        let trial = zip(parameters, direction).map { $0 + step * $1 }
        let reached = self.value(trial)
        if reached <= value + 1e-4 * step * slope {
          parameters = trial
          value = reached
          break
        }
        step /= 2
      }
      guard step > 1e-8 else { return }
    }
  }

  /// Gradient and Hessian: each corrected margin is linear in one scale and one shift.
  private func derivatives() -> (gradient: [Double], hessian: [[Double]]) {
    let count = parameters.count
    let calibration = calibration
    var gradient = zip(parameters, Self.neutral(method, labelCount)).map { $0 - $1 }
    var hessian = (0..<count).map { i in (0..<count).map { i == $0 ? 1.0 : 0.0 } }
    for (place, label) in labels.enumerated() {
      let row = margins[place]
      let p = calibration.probabilities(of: row)
      // slopes[k]: the parameters that move label k's margin, and how fast.
      let slopes: [[(parameter: Int, by: Double)]] = row.indices.map { k in
        method == .temperature ? [(0, row[k])] : [(k, row[k]), (labelCount + k, 1)]
      }
      for k in row.indices {
        let residual = weights[place] * (p[k] - (k == label ? 1 : 0))
        for own in slopes[k] {
          gradient[own.parameter] += residual * own.by
          for other in row.indices {
            let bend = weights[place] * p[k] * ((k == other ? 1 : 0) - p[other])
            for their in slopes[other] { hessian[own.parameter][their.parameter] += bend * own.by * their.by }
          }
        }
      }
    }
    return (gradient, hessian)
  }

  /// The solution of a positive definite system of a few unknowns, by Gaussian elimination.
  private func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var a = matrix
    var b = right
    let count = b.count
    for pivot in 0..<count {
      for row in pivot + 1..<max(count, pivot + 1) {
        let factor = a[row][pivot] / a[pivot][pivot]
        for column in pivot..<count { a[row][column] -= factor * a[pivot][column] }
        b[row] -= factor * b[pivot]
      }
    }
    for row in (0..<count).reversed() {
      for column in row + 1..<max(count, row + 1) { b[row] -= a[row][column] * b[column] }
      b[row] /= a[row][row]
    }
    return b
  }
}
