internal import LinearAlgebra

/// Stochastic dual coordinate ascent for one model: how a fit with an L2 penalty gets near its optimum.
///
/// At the optimum the weights are Σᵢ aᵢ·xᵢ with aᵢ = costᵢ·(yᵢ − pᵢ), one short vector a row. A step takes one row and
/// gives it the aᵢ that is best while all others stay (Shalev-Shwartz & Zhang 2013; Yu, Huang & Lin 2011 for several
/// labels): two or three Newton steps in as many dimensions as there are labels, between one product with the row and
/// one with its transpose. Rows come in a new random order every epoch, which matters: the intercepts couple all rows, and
/// a fixed order lets them swing.
///
/// Intercepts have no penalty, so the dual has the constraint Σ aᵢ = 0. They are treated as the weight of a column of
/// constant value √`spring`, penalized by its distance to a centre, and each epoch moves the centre to where they are: the
/// proximal point method on the intercepts, whose fixed point is the unpenalized optimum.
///
/// A matrix with many entries for each column is cut in two shares that run side by side and put their changes together several
/// times an epoch, damped as in CoCoA+ (Ma et al. 2015). The cut depends on the data only, so one thread does the same.
struct DualAscent {
  let rows: AscentRows
  var loss: RowLoss
  let workers: Workers
  /// The relative gap at which to stop.
  let tolerance: Double
  let seed: UInt64
  /// Is told how near the ascent is to the optimum.
  let progress: WorkProgress

  /// Each row's a and the margins z it was solved for: a = cost·(y − softmax(z)), in whole cells.
  var coefficients: [Float]
  var points: [Float]
  /// The weights, and with several shares each one's copy.
  var weights: AscentWeights
  var copies: [AscentWeights]
  /// Entries and columns, those of the dense block too.
  let entryCount: Int
  let columnCount: Int
  var shares: Int { max(1, copies.count) }
  var matrix: CompactMatrix { rows.matrix }
  var intercepts: [Float]
  var centre: [Float]
  var spring: Float

  /// Shares of a large matrix, and how much their changes are damped.
  static let mostShares = 2
  static let damping: Float = 1.3

  /// Epochs after which Newton's method takes over in any case.
  let mostEpochs: Int

  /// The same for every ascent with a configuration.
  static func mostEpochs(_ configuration: LogisticRegression.Configuration) -> Int {
    min(150, configuration.maximumIterations)
  }

  /// Whether this method can start a fit.
  static func suits(_ loss: RowLoss) -> Bool { loss.models == 1 && [1, 4, 8, 16].contains(loss.lanes) }

  /// Whether merging columns pays for a single fit: an epoch saves about a quarter of its time, more where the weights do
  /// not fit the second cache, and merging takes as long as several epochs.
  static func wantsMerging(_ loss: RowLoss, columnCount: Int) -> Bool { loss.lanes * columnCount > 1 << 19 }

  /// An ascent from zero weights.
  init(
    rows: AscentRows, loss: RowLoss, intercepts: [Float], workers: Workers,
    _ configuration: LogisticRegression.Configuration, progress: WorkProgress = .ignored
  ) {
    self.rows = rows
    self.loss = loss
    self.workers = workers
    self.progress = progress
    tolerance = configuration.tolerance
    mostEpochs = Self.mostEpochs(configuration)
    seed = configuration.seed
    let lanes = loss.lanes
    spring = Self.spring(of: rows.squares, loss, model: 0)
    self.intercepts = (0..<lanes).map { $0 < loss.labelCount ? intercepts[$0] : RowLoss.padding }
    centre = self.intercepts
    let matrix = rows.matrix
    coefficients = [Float](repeating: 0, count: matrix.shared.rowCount * lanes)
    points = Self.noPoints(lanes, loss.labelCount, cells: matrix.shared.rowCount)
    entryCount = matrix.shared.entryCount + (rows.dense?.values.count ?? 0)
    columnCount = matrix.shared.columnCount + rows.denseCount
    // Room for what `takeParameters` appends, and for what becomes of the weights of two labels.
    let room = (rows.denseCount + 1 + matrix.own.count) * lanes
    weights = AscentWeights(of: rows, width: lanes, room: lanes == 1 ? matrix.shared.columnCount + room : room)
    let sharesRows = entryCount > 100_000 && entryCount > 16 * columnCount
    copies = sharesRows ? (0..<Self.mostShares).map { _ in AscentWeights(of: rows, width: lanes) } : []
  }

  /// Points before the first step: 0, and the margin of padding where there is no label.
  static func noPoints(_ lanes: Int, _ labelCount: Int, cells: Int) -> [Float] {
    var points = [Float](repeating: 0, count: cells * lanes)
    guard labelCount < lanes else { return points }
    for cell in 0..<cells {
      for lane in labelCount..<lanes { points[cell &* lanes &+ lane] = RowLoss.padding }
    }
    return points
  }

  /// How far the intercepts may move for a sum of coefficients: less than lets a single row swing them, and less than a
  /// row weighs.
  static func spring(of lengths: [Float], _ loss: RowLoss, model: Int) -> Float {
    let (weight, length) = springLimits(of: lengths, loss, model: model)
    return Float(0.1 * min(1 / weight, length))
  }

  /// What a model's rows cost and how long they are, squared, on the mean.
  static func springLimits(of lengths: [Float], _ loss: RowLoss, model: Int) -> (weight: Double, length: Double) {
    var total = 0.0
    var cost = 0.0
    var counted = 0.0
    for row in lengths.indices {
      let own = loss.costs[row &* loss.models &+ model]
      guard own > 0 else { continue }
      total += Double(lengths[row])
      cost += Double(own)
      counted += 1
    }
    return (cost / counted, total / counted)
  }

  /// The parameters of a `LogisticObjective` of the same matrix and loss; the ascent is over.
  mutating func takeParameters() -> [Float] {
    let lanes = loss.lanes
    weights.settle(rows, width: lanes)
    var result: [Float] = []
    swap(&result, &weights.sparse)
    for column in 0..<rows.denseCount {
      for lane in 0..<lanes { result.append(weights.dense[lane * rows.denseCount + column]) }
    }
    for lane in 0..<lanes { result.append(lane < loss.labelCount ? centre[lane] + weights.shifts[lane] : 0) }
    for row in matrix.own.indices {
      for lane in 0..<lanes { result.append(matrix.own[row] * coefficients[row * lanes + lane]) }
    }
    return result
  }
}
