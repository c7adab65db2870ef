internal import CPlatform
internal import LinearAlgebra

/// The steps of dual ascent: for each row the best coefficients while all others stay.
///
/// Four rows take their step together: their margins are read before any of the four changes the weights, and one vector
/// holds the four rows' numbers for a label, so that the small Newton problems of four rows cost what one did. Rows that
/// share columns would move too far together; each is told that its length is greater by what it shares with three
/// others on the mean (`overlap`), as in distributed ascent (Ma et al. 2015). For texts that is 2 to 7 %, and the number of
/// epochs stays as it is.
///
/// Several models may lie side by side. A row of weights, coefficients and points has `lanes` numbers for each of them.
@unsafe struct AscentSteps {
  let entries: RowEntries
  /// The value of each row's own column, if there are any.
  let own: UnsafePointer<Float>?
  /// Each row's squared length.
  let squares: UnsafePointer<Float>
  /// One for each row and model; rows without cost are passed over.
  let costs: UnsafePointer<Float>
  let labels: UnsafePointer<UInt16>
  let targets: UnsafePointer<Float>
  let coefficients: UnsafeMutablePointer<Float>
  let points: UnsafeMutablePointer<Float>
  let weights: UnsafeMutablePointer<Float>
  /// What each row had of the gap when it was looked at, the largest among the open models; nil if nobody asks.
  let parts: UnsafeMutablePointer<Float>?
  let lanes: Int
  let models: Int
  let labelCount: Int
  /// How much longer rows are taken to be.
  let overlap: Float
  /// What changes of the weights are multiplied by.
  let damping: Float
  /// Whether the weights fit no near cache.
  let isFar: Bool
  /// Whether rows have no points yet.
  let isFirst: Bool

  /// Weights that fit a second cache of 2 MB.
  static let nearWeights = 1 << 19

  /// What a model is told about its steps.
  struct Setting {
    /// A model that is not open stays where it is.
    var isOpen = true
    var spring: Float
    /// Rows whose part of the gap is below this, to second order, and whose margins are near their points, stay as they
    /// are.
    var negligible: Float
  }

  /// What steps add up for a model: the duality gap as it was when each row was looked at, the losses of a quarter of the
  /// rows, and Σ coefficient·margin, which is the squared length of the weights.
  struct Sums {
    var gap = 0.0
    var losses = 0.0
    var squares = 0.0

    /// An estimate of the objective, if every row was looked at.
    var value: Double { 4 * losses + 0.5 * squares }

    /// Adds what other steps added up.
    mutating func add(_ other: Sums) {
      gap += other.gap
      losses += other.losses
      squares += other.squares
    }
  }

  /// One step for each of `rows` of a matrix and each open model; see `take` below.
  static func take(
    _ rows: ArraySlice<UInt32>, of matrix: CompactMatrix, _ loss: RowLoss, squares: [Float], overlap: Float,
    damping: Float, isFirst: Bool, _ settings: [Setting], coefficients: UnsafeMutablePointer<Float>,
    points: UnsafeMutablePointer<Float>, weights: UnsafeMutablePointer<Float>, parts: UnsafeMutablePointer<Float>?,
    intercepts: inout [Float], sums: UnsafeMutablePointer<Sums>
  ) {
    let shared = matrix.shared
    unsafe shared.offsets.withUnsafeBufferPointer { offsets in
      unsafe shared.columns.withUnsafeBufferPointer { columns in
        unsafe shared.values.withUnsafeBufferPointer { values in
          unsafe matrix.own.withUnsafeBufferPointer { own in
            unsafe squares.withUnsafeBufferPointer { squares in
              unsafe loss.costs.withUnsafeBufferPointer { costs in
                unsafe loss.labels.withUnsafeBufferPointer { labels in
                  unsafe loss.targets.withUnsafeBufferPointer { targets in
                    let entries = unsafe RowEntries(
                      offsets: offsets.baseAddress!, columns: columns.baseAddress!, values: values.baseAddress!)
                    let steps = unsafe AscentSteps(
                      entries: entries, own: own.isEmpty ? nil : own.baseAddress!, squares: squares.baseAddress!,
                      costs: costs.baseAddress!, labels: labels.baseAddress!, targets: targets.baseAddress!,
                      coefficients: coefficients, points: points, weights: weights, parts: parts, lanes: loss.lanes,
                      models: loss.models, labelCount: loss.labelCount, overlap: overlap, damping: damping,
                      isFar: shared.columnCount * loss.width > Self.nearWeights, isFirst: isFirst)
                    unsafe intercepts.withUnsafeMutableBufferPointer { intercepts in
                      unsafe rows.withUnsafeBufferPointer { rows in
                        unsafe steps.take(rows, settings, intercepts: intercepts.baseAddress!, sums: sums)
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// One step for each of `rows` and each open model.
  ///
  /// - Parameters:
  ///   - intercepts: one for each lane of a row; they move along.
  ///   - sums: what the steps added up so far, one a model.
  func take(
    _ rows: UnsafeBufferPointer<UInt32>, _ settings: [Setting], intercepts: UnsafeMutablePointer<Float>,
    sums: UnsafeMutablePointer<Sums>
  ) {
    let width = unsafe lanes * models
    let size = unsafe 8 * width + 24 * lanes
    unsafe withUnsafeTemporaryAllocation(byteCount: 4 * size, alignment: 16) { buffer in
      let margins = unsafe buffer.baseAddress!.bindMemory(to: Float.self, capacity: size)
      let changes = unsafe margins + 4 * width
      let scratch = unsafe UnsafeMutableRawPointer(changes + 4 * width).assumingMemoryBound(to: Four.self)
      unsafe settings.withUnsafeBufferPointer { settings in
        var place = 0
        while place < rows.count {
          let count = min(4, rows.count &- place)
          // Places without a row repeat the first, and nothing is done for them.
          let chosen = unsafe (
            Int(rows[place]), Int(rows[place &+ (count > 1 ? 1 : 0)]), Int(rows[place &+ (count > 2 ? 2 : 0)]),
            Int(rows[place &+ (count > 3 ? 3 : 0)])
          )
          // The rows to ask for meanwhile: the next four, if there are so many.
          var next = chosen
          if place &+ 8 <= rows.count {
            next = unsafe (
              Int(rows[place &+ 4]), Int(rows[place &+ 5]), Int(rows[place &+ 6]), Int(rows[place &+ 7])
            )
          }
          if place &+ 12 <= rows.count {
            for later in 8..<12 { unsafe platform_prefetch(entries.offsets + Int(rows[place &+ later])) }
          }
          switch width {
          case 1: unsafe gatherOne(chosen, asking: next, into: margins)
          case 4: unsafe gatherFour(chosen, asking: next, into: margins)
          case 8 where unsafe isFar: unsafe gatherEightFar(chosen, asking: next, into: margins)
          case 8: unsafe gatherEight(chosen, asking: next, into: margins)
          default: unsafe gatherMany(chosen, asking: next, into: margins)
          }
          unsafe changes.update(repeating: 0, count: 4 &* width)
          // Lane by lane: a literal would be an array of its own each time.
          var isThere = Mask(repeating: true)
          for lane in count..<4 { isThere[lane] = false }
          var moved = Mask(repeating: false)
          var part = Four.zero
          let models = unsafe models
          var model = 0
          while model < models {
            if unsafe areAbreast(settings, model) {
              moved =
                unsafe moved
                .| binomials(
                  chosen, model, isThere, settings.baseAddress!, place, margins, changes, intercepts, sums)
              model &+= 4
              continue
            }
            let setting = unsafe settings[model]
            if !setting.isOpen {
              model &+= 1
              continue
            }
            if unsafe lanes == 1 {
              moved =
                unsafe moved
                .| binomial(
                  chosen, model, isThere, setting, place, margins, changes, intercepts, sums + model, &part)
            } else {
              moved =
                unsafe moved
                .| multinomial(
                  chosen, model, isThere, setting, place, margins, changes, scratch, intercepts, sums + model, &part)
            }
            model &+= 1
          }
          if let parts = unsafe parts {
            // Places without a row come first, so that what is written for the first row in the end is its own.
            unsafe parts[chosen.3] = part[3]
            unsafe parts[chosen.2] = part[2]
            unsafe parts[chosen.1] = part[1]
            unsafe parts[chosen.0] = part[0]
          }
          if moved[0] { unsafe scatter(chosen.0, changes) }
          if moved[1] { unsafe scatter(chosen.1, changes + width) }
          if moved[2] { unsafe scatter(chosen.2, changes + 2 &* width) }
          if moved[3] { unsafe scatter(chosen.3, changes + 3 &* width) }
          place &+= 4
        }
      }
    }
  }

  /// Whether most of the four models from one on have steps to take, so that vectors of models are well filled.
  @inline(__always)
  private func areAbreast(_ settings: UnsafeBufferPointer<Setting>, _ model: Int) -> Bool {
    guard unsafe lanes == 1, unsafe models > 1, model & 3 == 0 else { return false }
    var open = 0
    for place in model..<model &+ 4 { unsafe open &+= settings[place].isOpen ? 1 : 0 }
    return open >= 3
  }

  // The margins of four rows under all models, without intercepts; they ask for the entries of four others. Each a function of
  // its own, which keeps the registers for its loop.

  @inline(never)
  private func gatherOne(_ rows: Places, asking next: Places, into out: UnsafeMutablePointer<Float>) {
    unsafe store(entries.gather(rows, UnsafePointer(weights), asking: next), out)
    guard let own = unsafe own else { return }
    unsafe out[0] += own[rows.0] * own[rows.0] * coefficients[rows.0]
    unsafe out[1] += own[rows.1] * own[rows.1] * coefficients[rows.1]
    unsafe out[2] += own[rows.2] * own[rows.2] * coefficients[rows.2]
    unsafe out[3] += own[rows.3] * own[rows.3] * coefficients[rows.3]
  }

  @inline(never)
  private func gatherFour(_ rows: Places, asking next: Places, into out: UnsafeMutablePointer<Float>) {
    unsafe gather(rows, asking: next, into: out, isFar: false, SIMD4<Float>.self)
  }

  @inline(never)
  private func gatherEight(_ rows: Places, asking next: Places, into out: UnsafeMutablePointer<Float>) {
    unsafe gather(rows, asking: next, into: out, isFar: false, SIMD8<Float>.self)
  }

  @inline(never)
  private func gatherEightFar(_ rows: Places, asking next: Places, into out: UnsafeMutablePointer<Float>) {
    unsafe gather(rows, asking: next, into: out, isFar: true, SIMD8<Float>.self)
  }

  @inline(__always)
  private func gather<V: SIMD & BitwiseCopyable>(
    _ rows: Places, asking next: Places, into out: UnsafeMutablePointer<Float>, isFar: Bool, _ vector: V.Type
  ) where V.Scalar == Float {
    let width = V.scalarCount
    @inline(__always)
    func one(_ row: Int, _ next: Int) -> V {
      let sum = unsafe entries.gather(
        row, UnsafePointer(weights), stride: width, asking: next, isFar: isFar, V.self)
      guard let own = unsafe own else { return sum }
      return unsafe sum + load(coefficients + row &* width, V.self) * (own[row] * own[row])
    }
    unsafe store(one(rows.0, next.0), out)
    unsafe store(one(rows.1, next.1), out + width)
    unsafe store(one(rows.2, next.2), out + 2 &* width)
    unsafe store(one(rows.3, next.3), out + 3 &* width)
  }

  @inline(never)
  private func gatherMany(_ rows: Places, asking next: Places, into out: UnsafeMutablePointer<Float>) {
    let width = unsafe lanes &* models
    unsafe gatherMany(rows.0, asking: next.0, into: out)
    unsafe gatherMany(rows.1, asking: next.1, into: out + width)
    unsafe gatherMany(rows.2, asking: next.2, into: out + 2 &* width)
    unsafe gatherMany(rows.3, asking: next.3, into: out + 3 &* width)
  }

  private func gatherMany(_ row: Int, asking next: Int, into out: UnsafeMutablePointer<Float>) {
    let width = unsafe lanes &* models
    let weights = unsafe UnsafePointer(weights)
    var lane = 0
    while lane &+ 16 <= width {
      // What one loop asks for, the next ones need not.
      unsafe store(
        lane == 0
          ? entries.gather(row, weights, stride: width, asking: next, isFar: false, SIMD16<Float>.self)
          : entries.gather(row, weights + lane, stride: width, SIMD16<Float>.self), out + lane)
      lane &+= 16
    }
    while lane &+ 8 <= width {
      unsafe store(
        lane == 0
          ? entries.gather(row, weights, stride: width, asking: next, isFar: false, SIMD8<Float>.self)
          : entries.gather(row, weights + lane, stride: width, SIMD8<Float>.self), out + lane)
      lane &+= 8
    }
    while lane < width {
      unsafe store(entries.gather(row, weights + lane, stride: width, SIMD4<Float>.self), out + lane)
      lane &+= 4
    }
    guard let own = unsafe own else { return }
    let square = unsafe own[row] * own[row]
    let old = unsafe coefficients + row &* width
    for lane in stride(from: 0, to: width, by: 4) {
      unsafe store(load(out + lane, Four.self) + load(old + lane, Four.self) * square, out + lane)
    }
  }

  /// Puts the changes of a row's coefficients into the weights.
  @inline(__always)
  private func scatter(_ row: Int, _ changes: UnsafePointer<Float>) {
    let width = unsafe lanes &* models
    switch width {
    case 1:
      let change = unsafe changes.pointee
      unsafe SparseMatrix.add(
        change, entries.columns, entries.values, entries.offsets[row], entries.offsets[row &+ 1], to: weights)
    case 4: unsafe entries.scatter(row, load(changes, SIMD4<Float>.self), weights, stride: 4)
    case 8: unsafe entries.scatter(row, load(changes, SIMD8<Float>.self), weights, stride: 8)
    default:
      var lane = 0
      while lane &+ 16 <= width {
        unsafe entries.scatter(row, load(changes + lane, SIMD16<Float>.self), weights + lane, stride: width)
        lane &+= 16
      }
      while lane &+ 8 <= width {
        unsafe entries.scatter(row, load(changes + lane, SIMD8<Float>.self), weights + lane, stride: width)
        lane &+= 8
      }
      while lane < width {
        unsafe entries.scatter(row, load(changes + lane, SIMD4<Float>.self), weights + lane, stride: width)
        lane &+= 4
      }
    }
  }

  @inline(__always)
  private func load<V: BitwiseCopyable>(_ pointer: UnsafePointer<Float>, _ type: V.Type) -> V {
    unsafe UnsafeRawPointer(pointer).loadUnaligned(as: V.self)
  }

  @inline(__always)
  private func store<V: BitwiseCopyable>(_ vector: V, _ pointer: UnsafeMutablePointer<Float>) {
    unsafe UnsafeMutableRawPointer(pointer).storeBytes(of: vector, as: V.self)
  }
}

extension DualAscent {
  /// The factor of rows' lengths: 1 and three times the mean product of two rows over the mean squared length, judged by
  /// up to 512 rows.
  static func overlap(of matrix: SparseMatrix, squares: [Float]) -> Float {
    let step = max(1, matrix.rowCount / 512)
    var sums = [Float](repeating: 0, count: matrix.columnCount)
    // The squared length of the sum of all rows so far, and the sum of their squared lengths.
    var together = 0.0
    var apart = 0.0
    var count = 0.0
    for row in stride(from: 0, to: matrix.rowCount, by: step) {
      for entry in matrix.offsets[row]..<matrix.offsets[row + 1] {
        let column = Int(matrix.columns[entry])
        let value = matrix.values[entry]
        together += Double(value * (2 * sums[column] + value))
        apart += Double(value * value)
        sums[column] += value
      }
      count += 1
    }
    guard count > 1, apart > 0 else { return 1 }
    let shared = (together - apart) / (count - 1) / apart
    return 1 + 3 * Float(max(0, min(1, shared)))
  }
}
