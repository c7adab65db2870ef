internal import LinearAlgebra
internal import Optimization

/// Dual coordinate ascent for several models side by side, along a path of C: how folds are fitted.
///
/// Every model does what `DualAscent` does for one. Rows come in one order for all, so that each entry of the matrix is
/// read once for all models, and a step is one short dense product. A model that has reached its goal stays where it is
/// while others go on, and takes no step for rows that it holds out; what it becomes does not depend on which models lie
/// beside it. So rows do not rest: which four rows take a step together must be the same for all.
///
/// The points of the rows go on along the path as they went from the C before to this one, so that a few epochs are enough.
struct PathAscent {
  let rows: AscentRows
  var matrix: CompactMatrix { rows.matrix }
  /// The loss at the C that was reached last. Cells of rows that a model holds out, and of models that only fill a vector,
  /// have no cost.
  private(set) var loss: RowLoss
  /// The costs at C = 1.
  private let unitCosts: [Float]
  /// The model that holds a row out, −1 if none of these does.
  let holders: [Int32]
  private let tolerance: Double
  private let mostEpochs: Int
  private let seed: UInt64
  /// The rows that count for any model of any fold.
  private let order: [UInt32]
  /// Rows that count for each model.
  let counts: [Int]
  /// What each model's rows cost in all at C = 1, and of that each lane's label.
  let unitTotals: [Double]
  let unitShares: [Double]
  /// What sets each model's spring, at C = 1.
  private let springLimits: [(weight: Double, length: Double)]

  /// As in `DualAscent`, row by row, each row's models next to each other.
  var coefficients: [Float]
  var points: [Float]
  var weights: AscentWeights
  var intercepts: [Float]
  var centre: [Float]
  private(set) var springs: [Float]
  /// The margins of each row under the model that holds it out, as the last certificate that saw the row found them.
  var heldOut: [Float]
  /// Points at the C before this one, and how they had moved to there; empty before the second.
  var previous: [Float] = []
  var moves: [Float] = []
  /// How often points have moved on.
  var moveCount = 0
  /// Intercepts at the C before this one; empty before the second.
  private var previousIntercepts: [Float] = []
  private var hasBegun = false
  /// Each model's course to the C that was reached last.
  private var courses: [AscentCourse] = []

  /// Where models may begin: the margins of all rows, whole cells, and the intercepts of a fit that holds no row out.
  struct Start {
    private(set) var margins: [Float]
    let intercepts: [Float]

    /// - Parameter parameters: of a `LogisticObjective` of the same matrix and dense block.
    init(parameters: [Float], _ rows: AscentRows, lanes: Int) {
      let matrix = rows.matrix
      let shared = matrix.shared
      let columns = shared.columnCount + rows.denseCount
      let intercepts = Array(parameters[columns * lanes..<(columns + 1) * lanes])
      margins = LogisticRegression.margins(of: shared, rows.dense, parameters, lanes: lanes)
      // What the mean row gives belongs to the intercepts of rows without it.
      self.intercepts = intercepts.indices.map { lane in
        guard let mean = rows.mean else { return intercepts[lane] }
        let sparse = mean.sparse.indices.reduce(0) { $0 + Double(mean.sparse[$1] * parameters[$1 * lanes + lane]) }
        let dense = mean.dense.indices.reduce(0) {
          $0 + Double(mean.dense[$1] * parameters[(shared.columnCount + $1) * lanes + lane])
        }
        return intercepts[lane] + Float(sparse + dense)
      }
      for row in matrix.own.indices {
        for lane in 0..<lanes {
          margins[row * lanes + lane] += matrix.own[row] * parameters[(columns + 1 + row) * lanes + lane]
        }
      }
    }
  }

  /// An ascent from zero weights, or from where a fit to all rows has come.
  ///
  /// - Parameters:
  ///   - tasks: one for each model, all of the same labels.
  ///   - folds: the fold of each row; each model holds one out.
  ///   - order: the rows that count for any model of any fold.
  ///   - start: where models begin; nil for zero weights.
  init(
    rows: AscentRows, tasks: ArraySlice<LogisticRegression.Task>, folds: [Int], order: [UInt32], from start: Start?,
    _ configuration: LogisticRegression.Configuration
  ) {
    let one = tasks[tasks.startIndex].loss
    // With one lane a model, models fill whole vectors.
    let models = one.lanes == 1 ? (tasks.count + 3) / 4 * 4 : tasks.count
    let rowCount = one.labels.count
    let costs = LogisticRegression.Task.costs(of: tasks, models: models)
    self.rows = rows
    self.order = order
    loss = RowLoss(
      lanes: one.lanes, models: models, labelCount: one.labelCount, labels: one.labels, costs: costs,
      targets: one.targets)
    unitCosts = costs
    holders = folds.map { tasks.indices.contains($0) ? Int32($0 - tasks.startIndex) : -1 }
    heldOut = [Float](repeating: 0, count: rowCount * one.lanes)
    counts = (0..<models).map { model in (0..<rowCount).count { costs[$0 * models + model] > 0 } }
    (unitTotals, unitShares) = Self.sums(of: loss)
    let unit = loss
    springLimits = (0..<models).map { DualAscent.springLimits(of: rows.squares, unit, model: $0) }
    tolerance = configuration.tolerance
    mostEpochs = DualAscent.mostEpochs(configuration)
    seed = configuration.seed
    intercepts = [Float](repeating: RowLoss.padding, count: loss.width)
    for (model, task) in tasks.enumerated() {
      for lane in 0..<one.labelCount { intercepts[model * one.lanes + lane] = task.startingIntercepts[lane] }
    }
    centre = intercepts
    springs = [Float](repeating: 0, count: models)
    coefficients = [Float](repeating: 0, count: rowCount * loss.width)
    points = DualAscent.noPoints(one.lanes, one.labelCount, cells: rowCount * models)
    weights = AscentWeights(of: rows, width: loss.width)
    if let start { begin(at: start, of: tasks.count) }
  }

  /// Begins at the points and intercepts of another fit.
  private mutating func begin(at start: Start, of modelCount: Int) {
    let lanes = loss.lanes
    for row in 0..<loss.labels.count {
      for model in 0..<modelCount {
        for lane in 0..<loss.labelCount {
          points[(row &* loss.models &+ model) &* lanes &+ lane] = start.margins[row &* lanes &+ lane]
        }
      }
    }
    for model in 0..<modelCount {
      for lane in 0..<loss.labelCount { centre[model * lanes + lane] = start.intercepts[lane] }
    }
    hasBegun = true
  }

  /// Ascends at a C until each model's gap is small enough, or until Newton's method promises to be faster.
  ///
  /// - Parameter progress: is told how near the model is that is farthest from its optimum.
  mutating func ascend(at c: Float, progress: WorkProgress = .ignored) -> [Outcome] {
    loss.scale(unitCosts, by: c)
    var isFirst = !hasBegun
    for model in counts.indices where counts[model] > 0 {
      let limits = springLimits[model]
      springs[model] = Float(0.1 * min(1 / (limits.weight * Double(c)), limits.length))
    }
    if hasBegun { carryOn(to: c) }
    hasBegun = true
    let models = counts.indices
    courses = models.map { model in
      AscentCourse(
        tolerance: tolerance, mostEpochs: mostEpochs, isFresh: isFirst, after: courses.isEmpty ? nil : courses[model])
    }
    var outcomes = models.map { _ in Outcome() }
    var open = counts.map { $0 > 0 }
    var order = order
    var state = seed
    while open.contains(true) {
      DualAscent.shuffle(&order, &state)
      let settings = models.map { model in
        AscentSteps.Setting(
          isOpen: open[model], spring: springs[model],
          negligible: courses[model].negligible(rows: max(1, counts[model])))
      }
      let sums = epoch(order, settings, first: isFirst)
      isFirst = false
      for model in models where open[model] {
        let drift = recentre(model)
        if courses[model].append(sums[model], slept: nil, drift: drift, spring: springs[model]) {
          loosen(model)
        }
      }
      progress.update(gap: models.reduce(0) { open[$1] ? max($0, courses[$1].now) : $0 }, from: 1, to: tolerance)
      let asking = models.filter { open[$0] && courses[$0].wantsCertificate }
      guard !asking.isEmpty else { continue }
      let measured = certificates(of: asking, below: courses.map(\.bound))
      for model in asking {
        guard let outcome = courses[model].end(measured[model]) else { continue }
        outcomes[model] = outcome
        open[model] = false
      }
    }
    return outcomes
  }

  /// One step for each of the rows in `order` and each open model; returns what it added up for each.
  private mutating func epoch(_ order: [UInt32], _ settings: [AscentSteps.Setting], first: Bool) -> [AscentSteps.Sums] {
    var sums = settings.map { _ in AscentSteps.Sums() }
    unsafe coefficients.withUnsafeMutableBufferPointer { coefficients in
      unsafe points.withUnsafeMutableBufferPointer { points in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          unsafe AscentSteps.take(
            order[...], of: rows, loss, damping: 1, isFirst: first, settings, coefficients: coefficients.baseAddress!,
            points: points.baseAddress!, weights: &weights, parts: nil, intercepts: &intercepts,
            sums: sums.baseAddress!)
        }
      }
    }
    return sums
  }

  /// Moves a model's centre to its intercepts, and them as far again; returns the squared distance.
  private mutating func recentre(_ model: Int) -> Double {
    var square = 0.0
    for lane in lanes(of: model) {
      let drift = intercepts[lane] - centre[lane]
      centre[lane] = intercepts[lane]
      intercepts[lane] += drift
      square += Double(drift * drift)
    }
    return square
  }

  /// Weakens a model's spring, so that its intercepts move faster.
  private mutating func loosen(_ model: Int) {
    springs[model] *= 2
    for lane in lanes(of: model) { intercepts[lane] += intercepts[lane] - centre[lane] }
  }

  /// The lanes of a model that are in use.
  private func lanes(of model: Int) -> Range<Int> {
    model * loss.lanes..<model * loss.lanes + loss.labelCount
  }

  /// Goes on to the same problem at another C, close to its optimum if this one's was reached.
  ///
  /// Points go on as they went from the C before to this one, and half as far to the side as they did then; the first time
  /// they stay. (The values of C are thought to be equally far apart in their logarithms.) Then the intercepts are shifted until the coefficients add up to nearly
  /// nothing, as they do at the optimum; otherwise the first epoch would swing them.
  private mutating func carryOn(to c: Float) {
    let width = loss.width
    let now = centre
    intercepts = centre
    if !previousIntercepts.isEmpty {
      for lane in 0..<width { intercepts[lane] += centre[lane] - previousIntercepts[lane] }
    }
    previousIntercepts = now
    balance(at: c)
    weights.become(rows, coefficients, width: width)
  }

  /// The parameters of a `LogisticObjective` of one model.
  func parameters(of model: Int) -> [Float] {
    let lanes = loss.lanes
    let width = loss.width
    let matrix = rows.matrix
    let own = matrix.own.count
    let others = rows.denseCount
    var settled = weights
    settled.settle(rows, width: width)
    var result: [Float] = []
    result.reserveCapacity((matrix.shared.columnCount + others + 1 + own) * lanes)
    for column in 0..<matrix.shared.columnCount {
      for lane in model * lanes..<(model + 1) * lanes { result.append(settled.sparse[column &* width &+ lane]) }
    }
    for column in 0..<others {
      for lane in model * lanes..<(model + 1) * lanes { result.append(settled.dense[lane &* others &+ column]) }
    }
    for lane in 0..<lanes {
      let place = model * lanes + lane
      result.append(lane < loss.labelCount ? centre[place] + settled.shifts[place] : 0)
    }
    for row in 0..<own {
      for lane in model * lanes..<(model + 1) * lanes {
        result.append(matrix.own[row] * coefficients[row &* width &+ lane])
      }
    }
    return result
  }

  /// The margins of some rows under the model that holds them out and has reached its goal.
  func margins(of rows: [Int]) -> [Float] {
    let lanes = loss.lanes
    return rows.flatMap { heldOut[$0 * lanes..<($0 + 1) * lanes] }
  }
}
