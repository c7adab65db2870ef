internal import CPlatform
import Classification
import Foundation
import LinearAlgebra
import Optimization
import TestSupport
import Testing

@Suite("Dual coordinate ascent")
struct DualAscentTests {
  @Test("Rows with little of the gap rest for one epoch and come in the next; rows not looked at yet never rest")
  func resting() {
    let order: [UInt32] = [3, 1, 0, 2]
    var rows = RestingRows(rowCount: 4)
    #expect(rows.awake(order) == order)
    rows.parts = [8, 1, 8, .infinity]
    rows.change()
    #expect(rows.awake(order) == [3, 0, 2])
    #expect(rows.sum == 1)
    rows.change()
    #expect(rows.awake(order) == order)
    #expect(rows.sum == 0)
  }

  /// Rows of a few entries whose labels follow hidden weights, in the order of their labels: the worst order to learn in.
  static func problem(rows: Int, columns: Int, entries: Int, labels count: Int, seed: UInt64) -> (SparseMatrix, [Int]) {
    var generator = SeededGenerator(seed: seed)
    let hidden = (0..<columns * count).map { _ in Float.random(in: -2...2, using: &generator) }
    var found: [(label: Int, row: [(column: UInt32, value: Float)])] = []
    for _ in 0..<rows {
      let row = Set((0..<entries).map { _ in UInt32.random(in: 0..<UInt32(columns), using: &generator) }).sorted()
        .map { (column: $0, value: 1 / Float(entries).squareRoot()) }
      let margins = (0..<count).map { label in
        row.reduce(Float.random(in: -1...1, using: &generator)) {
          $0 + $1.value * hidden[Int($1.column) * count + label]
        }
      }
      found.append((margins.indices.max { margins[$0] < margins[$1] }!, row))
    }
    found.sort { $0.label < $1.label }
    var builder = SparseMatrix.Builder(columnCount: columns)
    for each in found { builder.append(each.row) }
    return (builder.build(), found.map(\.label))
  }

  /// Newton's method alone, from zero.
  static func newton(
    _ features: SparseMatrix, dense: DenseMatrix? = nil, _ labels: [Int], _ count: Int, weights: [Double]? = nil,
    _ configuration: LogisticRegression.Configuration
  ) -> (classifier: LinearClassifier, record: Outcome) {
    let lanes = count == 2 ? 1 : (count + 3) / 4 * 4
    let used = count == 2 ? 1 : count
    var costs = labels.indices.map { weights?[$0] ?? 1 }
    if configuration.classWeight == .balanced {
      var totals = [Double](repeating: 0, count: count)
      for (row, label) in labels.enumerated() { totals[label] += costs[row] }
      let whole = totals.reduce(0, +)
      for (row, label) in labels.enumerated() { costs[row] *= whole / (Double(count) * totals[label]) }
    }
    let loss = RowLoss(
      lanes: lanes, models: 1, labelCount: used, labels: labels.map { UInt16($0) },
      costs: costs.map { Float($0 * configuration.inverseRegularization) })
    var objective = LogisticObjective(
      matrix: CompactMatrix(unchanged: features), dense: dense, loss: loss, penalty: 1, workers: Workers(threads: 1))
    var parameters = [Float](repeating: 0, count: objective.rowCount * lanes)
    let outcome = NewtonCG(tolerance: configuration.tolerance, maximumIterations: 200).minimize(
      &objective, from: &parameters, workers: Workers(threads: 1))[0]
    var all: [Float] = []
    for row in 0..<objective.rowCount {
      let cell = parameters[row * lanes..<row * lanes + used]
      all += count == 2 ? cell.flatMap { [-0.5 * $0, 0.5 * $0] } : Array(cell)
    }
    let others = dense?.columnCount ?? 0
    let ends = (features.columnCount * count, (features.columnCount + others) * count)
    let classifier = LinearClassifier(
      labelCount: count, columnCount: features.columnCount, denseColumnCount: others,
      weights: Array(all[..<ends.0]), denseWeights: Array(all[ends.0..<ends.1]),
      intercepts: Array(all[ends.1..<ends.1 + count]))
    return (classifier, outcome)
  }

  /// A dense block whose rows have nothing in common, or most of what they are.
  static func block(rows: Int, columns: Int, inCommon: Bool, seed: UInt64) -> DenseMatrix {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<rows * columns).map { place in
      Float.random(in: -0.5...0.5, using: &generator) + (inCommon ? Float(place % columns % 3) : 0)
    }
    return DenseMatrix(rowCount: rows, columnCount: columns, values: values)
  }

  @Test(
    "fits and cross-validation are the same to the last bit with vectors of every width, with a dense block or without",
    arguments: [2, 3, 6], [false, true])
  func widths(count: Int, isBeside: Bool) throws {
    // So many columns that the weights of five folds of six labels fit no near cache.
    let (features, labels) = Self.problem(rows: 2000, columns: 18_000, entries: 60, labels: count, seed: 11)
    let dense = isBeside ? Self.block(rows: 2000, columns: 37, inCommon: true, seed: 12) : nil
    let method = try LogisticRegression(.init(inverseRegularization: 3, tolerance: 1e-4))
    let folds = (0..<features.rowCount).map { $0 * 7 % 5 }
    var found: [[UInt32]] = []
    defer { platform_limit_vectors(512) }
    for width in [0, 256] {
      platform_limit_vectors(CInt(width))
      let one = try method.fit(features, dense: dense, labels: labels, labelCount: count, threads: 1).classifier
      let many = try method.fitMany(
        features, dense: dense, labels: labels, labelCount: count, folds: folds, inverseRegularizations: [0.3, 3],
        threads: 2)
      let margins = many.flatMap { $0.decision.values }
      found.append((one.weights + one.denseWeights + one.intercepts + margins).map(\.bitPattern))
    }
    #expect(found[0] == found[1])
  }

  @Test("the optimum is that of Newton's method", arguments: [2, 3, 6, 12, 15], [0.1, 30])
  func optimum(count: Int, c: Double) throws {
    let (features, labels) = Self.problem(rows: 400, columns: 150, entries: 8, labels: count, seed: UInt64(count))
    let weights = labels.indices.map { Double($0 % 4) }
    let configuration = LogisticRegression.Configuration(inverseRegularization: c, tolerance: 1e-7)
    let (expected, best) = Self.newton(features, labels, count, weights: weights, configuration)
    let (found, record) = try LogisticRegression(configuration).fit(
      features, labels: labels, labelCount: count, weights: weights)
    #expect(record.converged)
    #expect(abs(record.objective - best.value) <= 2e-6 * best.value)
    let one = found.probabilities(of: features).values
    let other = expected.probabilities(of: features).values
    for (p, q) in zip(one, other) { #expect(abs(p - q) < 2e-3) }
  }

  @Test(
    "the optimum beside a dense block is that of Newton's method, and so are those of folds, whatever rows have in common",
    arguments: [2, 3, 6], [false, true])
  func denseOptimum(count: Int, inCommon: Bool) throws {
    let (features, labels) = Self.problem(rows: 400, columns: 150, entries: 8, labels: count, seed: UInt64(count))
    let dense = Self.block(rows: 400, columns: 21, inCommon: inCommon, seed: 4)
    let weights = labels.indices.map { Double($0 % 4) }
    let configuration = LogisticRegression.Configuration(inverseRegularization: 3, tolerance: 1e-7)
    let (expected, best) = Self.newton(features, dense: dense, labels, count, weights: weights, configuration)
    let method = try LogisticRegression(configuration)
    let (found, record) = try method.fit(
      features, dense: dense, labels: labels, labelCount: count, weights: weights)
    #expect(record.converged)
    #expect(abs(record.objective - best.value) <= 2e-6 * best.value)
    let one = found.probabilities(of: features, dense: dense).values
    let other = expected.probabilities(of: features, dense: dense).values
    for (p, q) in zip(one, other) { #expect(abs(p - q) < 2e-3) }

    let folds = labels.indices.map { $0 * 7 % 3 }
    let heldOut = try method.fitMany(
      features, dense: dense, labels: labels, labelCount: count, weights: weights, folds: folds,
      inverseRegularizations: [0.3, 1, 3])
    for fold in 0..<3 {
      let rest = weights.indices.map { folds[$0] == fold ? 0 : weights[$0] }
      let (expected, best) = Self.newton(features, dense: dense, labels, count, weights: rest, configuration)
      #expect(abs(heldOut[2].records[fold].objective - best.value) <= 2e-6 * best.value)
      let margins = expected.decision(of: features, dense: dense)
      for row in folds.indices where folds[row] == fold {
        let one = heldOut[2].decision.row(row), other = margins.row(row)
        // Margins of all labels may be shifted by one number.
        let shift = zip(one, other).reduce(0) { $0 + $1.0 - $1.1 } / Float(count)
        for (a, b) in zip(one, other) { #expect(abs(a - b - shift) < 0.02) }
      }
    }
  }

  @Test("the gap that a fit reports bounds the distance to the optimum", arguments: [1e-2, 1e-3, 1e-4])
  func certificate(tolerance: Double) throws {
    let (features, labels) = Self.problem(rows: 600, columns: 200, entries: 10, labels: 3, seed: 5)
    let (_, best) = Self.newton(features, labels, 3, .init(inverseRegularization: 10, tolerance: 1e-7))
    let (_, record) = try LogisticRegression(.init(inverseRegularization: 10, tolerance: tolerance)).fit(
      features, labels: labels, labelCount: 3)
    #expect(record.converged && record.relativeGap <= tolerance)
    #expect(record.objective <= best.value * (1 + record.relativeGap) * (1 + 1e-6))
  }

  @Test(
    "a large problem is the same for any number of threads, and another seed finds the same optimum",
    arguments: [false, true])
  func threads(isBeside: Bool) throws {
    let (features, labels) = Self.problem(rows: 4000, columns: 1500, entries: 40, labels: 3, seed: 8)
    #expect(features.entryCount > 100_000)
    let dense = isBeside ? Self.block(rows: 4000, columns: 37, inCommon: true, seed: 12) : nil
    func fit(threads: Int, seed: UInt64) throws -> (classifier: LinearClassifier, record: ConvergenceRecord) {
      try LogisticRegression(.init(inverseRegularization: 3, tolerance: 1e-5, seed: seed)).fit(
        features, dense: dense, labels: labels, labelCount: 3, threads: threads)
    }
    let one = try fit(threads: 1, seed: 0)
    #expect(one.record.converged)
    for threads in [2, 3] { #expect(try fit(threads: threads, seed: 0).classifier == one.classifier) }
    let other = try fit(threads: 2, seed: 1)
    #expect(other.classifier != one.classifier)
    #expect(abs(other.record.objective - one.record.objective) <= 2e-5 * one.record.objective)
  }

  @Test(
    "heavy rows that contradict each other do not stay where their shares are 0 or 1", arguments: [2, 3, 6],
    [1e-4, 1e-6])
  func heavy(count: Int, tolerance: Double) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    var builder = SparseMatrix.Builder(columnCount: 60)
    var labels: [Int] = []
    for row in 0..<300 {
      // Groups of rows with the same features and any label.
      let first = UInt32(row / 6)
      builder.append([(first, 1.5), (first + 10, 1.5)])
      labels.append(Int.random(in: 0..<count, using: &generator))
    }
    let features = builder.build()
    let weights = labels.map { $0 == 0 ? 1.0 : 20.0 }
    let configuration = LogisticRegression.Configuration(inverseRegularization: 10, tolerance: tolerance)
    var exact = configuration
    exact.tolerance = 1e-9
    let (_, best) = Self.newton(features, labels, count, weights: weights, exact)
    let (_, record) = try LogisticRegression(configuration).fit(
      features, labels: labels, labelCount: count, weights: weights)
    #expect(record.converged)
    // Newton's method takes over here, whose gap is an estimate.
    #expect(record.objective <= best.value * (1 + 5 * tolerance + 5e-5))
    let folds = labels.indices.map { $0 % 2 }
    let side = try LogisticRegression(configuration).fitMany(
      features, labels: labels, labelCount: count, weights: weights, folds: folds, inverseRegularizations: [1, 10])[1]
    for fold in 0..<2 {
      let (_, best) = Self.newton(
        features, labels, count, weights: weights.indices.map { folds[$0] == fold ? 0 : weights[$0] }, exact)
      #expect(side.records[fold].objective <= best.value * (1 + 5 * tolerance + 5e-5))
    }
  }

  @Test(
    "a fit with its folds on one matrix, merged in place or not at all, is what the two calls give; folds that begin at the fit end as near the optimum, the same bits on any number of threads",
    arguments: [2, 3], [150, 600_000])
  func withFolds(count: Int, columns: Int) throws {
    let (features, labels) = Self.problem(rows: 300, columns: columns, entries: 8, labels: count, seed: 23)
    let folds = labels.indices.map { $0 % 3 }
    let method = try LogisticRegression(.init(inverseRegularization: 3, tolerance: 1e-5))
    var decisions: [DenseMatrix] = []
    for threads in [1, 2] {
      let alone = try method.fit(features, labels: labels, labelCount: count, threads: threads)
      let folded = try method.fitMany(
        features, labels: labels, labelCount: count, folds: folds, inverseRegularizations: [3], threads: threads)[0]
      var taken = features
      let both = try method.fitWithFolds(
        taking: &taken, dense: nil, labels: labels, labelCount: count, weights: nil, initial: nil, folds: folds,
        threads: threads, fitting: .ignored
      ) { .ignored }
      #expect((taken.rowCount == 0) == (columns > 150))
      #expect(both.classifier.weights == alone.classifier.weights)
      #expect(both.classifier.intercepts == alone.classifier.intercepts)
      #expect(both.record.objective == alone.record.objective)
      let begins = columns > 150
      #expect(begins || both.heldOut.decision == folded.decision)
      for (found, expected) in zip(both.heldOut.records, folded.records) {
        #expect(found.converged && expected.converged)
        #expect(abs(found.objective - expected.objective) <= 1e-5 * expected.objective)
        #expect(found.passes <= expected.passes)
      }
      for (found, expected) in zip(both.heldOut.decision.values, folded.decision.values) {
        #expect(abs(found - expected) < 0.05)
      }
      decisions.append(both.heldOut.decision)
    }
    #expect(decisions[0] == decisions[1])
  }

  @Test(
    "with a dense block, folds that begin at the fit end as near the optimum after no more passes, with a contrast or without",
    arguments: [2, 3], [(nil, 150), (0.5, 150), (nil, 600_000)])
  func denseWithFolds(count: Int, setting: (contrast: Double?, columns: Int)) throws {
    let (contrast, columns) = setting
    let (features, labels) = Self.problem(rows: 300, columns: columns, entries: 8, labels: count, seed: 29)
    let dense = Self.block(rows: 300, columns: 5, inCommon: true, seed: 31)
    let folds = labels.indices.map { $0 % 3 }
    let method = try LogisticRegression(.init(inverseRegularization: 3, contrast: contrast, tolerance: 1e-5))
    let alone = try method.fit(features, dense: dense, labels: labels, labelCount: count)
    let folded = try method.fitMany(
      features, dense: dense, labels: labels, labelCount: count, folds: folds, inverseRegularizations: [3])[0]
    var taken = features
    let both = try method.fitWithFolds(
      taking: &taken, dense: dense, labels: labels, labelCount: count, weights: nil, initial: nil, folds: folds,
      threads: 1, fitting: .ignored
    ) { .ignored }
    #expect(both.classifier == alone.classifier)
    for (found, expected) in zip(both.heldOut.records, folded.records) {
      #expect(found.converged && expected.converged)
      #expect(abs(found.objective - expected.objective) <= 1e-5 * expected.objective)
    }
    let passes = [both.heldOut, folded].map { $0.records.reduce(0) { $0 + $1.passes } }
    #expect(columns > 150 && contrast == nil ? passes[0] < passes[1] : passes[0] == passes[1])
    for (found, expected) in zip(both.heldOut.decision.values, folded.decision.values) {
      #expect(abs(found - expected) < 0.05)
    }
  }

  @Test("equal rows with different labels are learned as fast as rows that differ", arguments: [2, 3, 6])
  func equalRows(count: Int) throws {
    let (features, labels) = Self.problem(rows: 300, columns: 800, entries: 8, labels: count, seed: 21)
    // Every row three times, the copies with labels and weights of their own, some of weight 0; and rows without features.
    let order = (0..<900).map { $0 * 7 % 300 }
    var builder = SparseMatrix.Builder(columnCount: 800)
    for row in order {
      let entries = features.offsets[row]..<features.offsets[row + 1]
      builder.append(entries.map { (features.columns[$0], features.values[$0]) })
    }
    for _ in 0..<20 { builder.append([]) }
    let copies = builder.build()
    let given = order.indices.map { ($0 < 600 ? labels[order[$0]] : $0 % count) } + (0..<20).map { $0 % 2 }
    let weights = given.indices.map { Double($0 % 4) }
    let configuration = LogisticRegression.Configuration(inverseRegularization: 10, tolerance: 1e-7)
    let (expected, best) = Self.newton(copies, given, count, weights: weights, configuration)
    let (found, record) = try LogisticRegression(configuration).fit(
      copies, labels: given, labelCount: count, weights: weights)
    #expect(record.converged)
    #expect(abs(record.objective - best.value) <= 2e-6 * best.value)
    let (_, single) = try LogisticRegression(configuration).fit(
      features, labels: labels, labelCount: count, weights: labels.map { _ in 4.5 })
    #expect(record.passes <= 2 * single.passes)
    for (p, q) in zip(found.probabilities(of: copies).values, expected.probabilities(of: copies).values) {
      #expect(abs(p - q) < 2e-3)
    }
    // Copies of a row in different folds, and class weights that differ from fold to fold.
    for folds in [given.indices.map { $0 % 3 }, order.map { $0 % 3 } + (0..<20).map { $0 % 3 }] {
      for classWeight in [LogisticRegression.ClassWeight.none, .balanced] {
        var each = configuration
        each.classWeight = classWeight
        let side = try LogisticRegression(each).fitMany(
          copies, labels: given, labelCount: count, weights: weights, folds: folds, inverseRegularizations: [10])[0]
        for fold in 0..<3 {
          let (_, best) = Self.newton(
            copies, given, count, weights: weights.indices.map { folds[$0] == fold ? 0 : weights[$0] }, each)
          #expect(side.records[fold].converged)
          #expect(abs(side.records[fold].objective - best.value) <= 2e-6 * best.value)
        }
      }
    }
  }

  @Test("a path of C ends where its caller has seen enough")
  func end() throws {
    let (features, labels) = Self.problem(rows: 300, columns: 100, entries: 10, labels: 3, seed: 14)
    let folds = labels.indices.map { $0 % 4 }
    for contrast in [nil, 0.5] {
      let method = try LogisticRegression(.init(contrast: contrast))
      let whole = try method.fitMany(
        features, labels: labels, labelCount: 3, folds: folds, inverseRegularizations: [10, 0.1, 1])
      var seen: [Double] = []
      let some = try method.fitMany(
        features, labels: labels, labelCount: 3, folds: folds, inverseRegularizations: [10, 0.1, 1]
      ) { fit in
        seen.append(fit.inverseRegularization)
        return seen.count < 2
      }
      #expect(seen == [0.1, 1])
      #expect(some.map(\.decision) == whole.dropFirst().map(\.decision))
    }
  }

  @Test("a fold whose others lack a label comes to the optimum of its own fit", arguments: [3, 4])
  func absentLabel(count: Int) throws {
    let (features, given) = Self.problem(rows: 400, columns: 150, entries: 10, labels: count, seed: 15)
    let folds = given.indices.map { $0 % 3 }
    // The last label occurs in one fold alone: who holds that out has never seen it.
    let labels = given.indices.map { given[$0] == count - 1 && folds[$0] != 1 ? 0 : given[$0] }
    let method = try LogisticRegression(.init(inverseRegularization: 3, tolerance: 1e-8))
    let found = try method.fitMany(
      features, labels: labels, labelCount: count, folds: folds, inverseRegularizations: [3], threads: 2)[0]
    for fold in 0..<3 {
      let inside = labels.indices.filter { folds[$0] != fold }
      let outside = labels.indices.filter { folds[$0] == fold }
      let alone = try method.fit(
        features.selecting(rows: inside), labels: inside.map { labels[$0] }, labelCount: count)
      #expect(found.records[fold].converged && alone.record.converged)
      #expect(abs(found.records[fold].objective - alone.record.objective) <= 1e-6 * alone.record.objective)
      let expected = alone.classifier.decision(of: features.selecting(rows: outside))
      for (row, place) in outside.enumerated() {
        let margins = found.decision.values[place * count..<(place + 1) * count]
        #expect((margins.last! == LinearClassifier.absentIntercept) == (fold == 1))
        for label in 1..<count - (fold == 1 ? 1 : 0) {
          let distance = expected.values[row * count + label] - expected.values[row * count]
          #expect(abs(margins[margins.startIndex + label] - margins[margins.startIndex] - distance) < 5e-3)
        }
      }
    }
  }

  @Test("folds side by side are the same however many lie together", arguments: [2, 3, 6])
  func folds(count: Int) throws {
    let (features, labels) = Self.problem(rows: 600, columns: 200, entries: 10, labels: count, seed: 12)
    let folds = labels.indices.map { $0 * 7 % 5 }
    let method = try LogisticRegression(.init(classWeight: .balanced, tolerance: 1e-5))
    func fits(threads: Int) throws -> [DenseMatrix] {
      try method.fitMany(
        features, labels: labels, labelCount: count, folds: folds, inverseRegularizations: [0.1, 0.3, 1, 3, 10],
        threads: threads
      ).map(\.decision)
    }
    // Groups of five folds, of three and two, of two, two and one, of one each.
    let together = try fits(threads: 1)
    for threads in [2, 3, 5] { #expect(try fits(threads: threads) == together) }
  }

  @Test(
    "along a path every fit is as near to its optimum as it says, also where labels are rare", arguments: [2, 3, 6],
    [1e-3, 1e-4])
  func path(count: Int, tolerance: Double) throws {
    let (features, all) = Self.problem(rows: 900, columns: 300, entries: 9, labels: count, seed: 31)
    // Of the last label one row in eleven counts, three times, so that intercepts have a way to go.
    let weights = all.indices.map { all[$0] == count - 1 ? ($0 % 11 == 0 ? 3.0 : 0) : 1.0 }
    let folds = all.indices.map { $0 * 7 % 5 }
    let values = (0..<8).map { 0.03 * pow(2.2, Double($0)) }
    let fits = try LogisticRegression(.init(tolerance: tolerance)).fitMany(
      features, labels: all, labelCount: count, weights: weights, folds: folds, inverseRegularizations: values)
    for (fit, c) in zip(fits, values) {
      for fold in 0..<5 {
        let (_, best) = Self.newton(
          features, all, count, weights: weights.indices.map { folds[$0] == fold ? 0 : weights[$0] },
          .init(inverseRegularization: c, tolerance: 1e-8))
        #expect(fit.records[fold].converged)
        #expect(fit.records[fold].objective <= best.value * (1 + tolerance + 2e-6))
      }
    }
  }

  @Test("folds of few rows converge", arguments: [10, 64, 65])
  func fewRows(count: Int) throws {
    let (features, labels) = Self.problem(rows: count, columns: 20, entries: 4, labels: 2, seed: 3)
    let fits = try LogisticRegression().fitMany(
      features, labels: labels, labelCount: 2, folds: labels.indices.map { $0 % 2 }, inverseRegularizations: [0.1, 1])
    for record in fits.flatMap(\.records) { #expect(record.converged) }
  }

  @Test("rows that are all alike do not overshoot when four take a step together")
  func alike() throws {
    var builder = SparseMatrix.Builder(columnCount: 3)
    for row in 0..<200 { builder.append([(0, 1), (1, 0.9), (2, row % 10 == 0 ? 0.2 : 0.1)]) }
    let features = builder.build()
    let labels = (0..<200).map { $0 % 3 == 0 ? 1 : 0 }
    let configuration = LogisticRegression.Configuration(inverseRegularization: 10, tolerance: 1e-6)
    let (_, best) = Self.newton(features, labels, 2, configuration)
    let (_, record) = try LogisticRegression(configuration).fit(features, labels: labels, labelCount: 2)
    #expect(record.converged)
    #expect(abs(record.objective - best.value) <= 2e-6 * best.value)
  }
}

@Suite("Proximal Newton")
struct ProximalNewtonTests {
  @Test(
    "the gap that a fit with an L1 part reports bounds the distance to the optimum", arguments: [2, 3, 6], [1, 0.5])
  func certificate(count: Int, ratio: Double) throws {
    let (features, labels) = DualAscentTests.problem(rows: 400, columns: 150, entries: 8, labels: count, seed: 3)
    func fit(_ tolerance: Double, threads: Int = 1) throws -> (classifier: LinearClassifier, record: ConvergenceRecord)
    {
      try LogisticRegression(
        .init(inverseRegularization: 3, penalty: .elasticNet(l1Ratio: ratio), tolerance: tolerance)
      ).fit(features, labels: labels, labelCount: count, threads: threads)
    }
    let (exact, best) = try fit(5e-5)
    #expect(best.converged)
    // Two labels share one weight vector, whose half each of them holds.
    let weights = exact.weights.map(Double.init)
    let copies = count == 2 ? 2.0 : 1
    let penalty = weights.reduce(0) { $0 + ratio * abs($1) + (1 - ratio) / 2 * copies * $1 * $1 }
    let probabilities = exact.probabilities(of: features).values
    let losses = labels.indices.reduce(0) { $0 - 3 * log(Double(probabilities[$1 * count + labels[$1]])) }
    #expect(abs(penalty + losses - best.objective) < 1e-5 * best.objective)
    for tolerance in [1e-1, 1e-2, 1e-3] {
      let (classifier, record) = try fit(tolerance)
      #expect(record.converged && record.relativeGap <= tolerance)
      #expect(record.objective <= best.objective * (1 + record.relativeGap) * (1 + 1e-6))
      #expect(record.objective >= best.objective * (1 - 6e-5))
      #expect(try fit(tolerance, threads: 3).classifier == classifier)
    }
  }

  @Test("one iteration is counted as one, with a warning")
  func iterations() throws {
    let (features, labels) = DualAscentTests.problem(rows: 400, columns: 150, entries: 8, labels: 3, seed: 3)
    let (_, record) = try LogisticRegression(.init(penalty: .l1, tolerance: 1e-9, maximumIterations: 1)).fit(
      features, labels: labels, labelCount: 3)
    #expect(record.iterations == 1 && !record.converged)
    #expect(record.warning?.contains("after 1 iterations") == true)
  }

  @Test("a fit that stops before the gap that was asked for says so")
  func unreached() throws {
    let (features, labels) = DualAscentTests.problem(rows: 400, columns: 150, entries: 8, labels: 2, seed: 3)
    let (_, record) = try LogisticRegression(.init(inverseRegularization: 3, penalty: .l1, tolerance: 1e-12)).fit(
      features, labels: labels, labelCount: 2)
    #expect(!record.converged && record.relativeGap > 1e-12)
    #expect(
      record.warning?.contains("larger tolerance") == true && record.warning?.contains("more iterations") == false)
  }
}
