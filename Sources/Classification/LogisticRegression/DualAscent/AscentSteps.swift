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
  /// The rows of the dense block, if there is one.
  let dense: DenseRows?
  /// The value of each row's own column, if there are any.
  let own: UnsafePointer<Float>?
  /// Each row's squared length, and its product with the mean row, if that is taken from each.
  let squares: UnsafePointer<Float>
  let means: UnsafePointer<Float>?
  /// The squared length of the mean row.
  let meanSquare: Float
  /// One for each row and model; rows without cost are passed over.
  let costs: UnsafePointer<Float>
  let labels: UnsafePointer<UInt16>
  let targets: UnsafePointer<Float>
  let coefficients: UnsafeMutablePointer<Float>
  let points: UnsafeMutablePointer<Float>
  let weights: AscentWeights.Pointers
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
    _ order: ArraySlice<UInt32>, of rows: AscentRows, _ loss: RowLoss, damping: Float, isFirst: Bool,
    _ settings: [Setting], coefficients: UnsafeMutablePointer<Float>, points: UnsafeMutablePointer<Float>,
    weights: inout AscentWeights, parts: UnsafeMutablePointer<Float>?, intercepts: inout [Float],
    sums: UnsafeMutablePointer<Sums>
  ) {
    let shared = rows.matrix.shared
    let means = rows.mean?.products ?? []
    unsafe shared.offsets.withUnsafeBufferPointer { offsets in
      unsafe shared.columns.withUnsafeBufferPointer { columns in
        unsafe shared.values.withUnsafeBufferPointer { values in
          unsafe rows.matrix.own.withUnsafeBufferPointer { own in
            unsafe rows.squares.withUnsafeBufferPointer { squares in
              unsafe loss.costs.withUnsafeBufferPointer { costs in
                unsafe loss.labels.withUnsafeBufferPointer { labels in
                  unsafe loss.targets.withUnsafeBufferPointer { targets in
                    let entries = unsafe RowEntries(
                      offsets: offsets.baseAddress!, columns: columns.baseAddress!, values: values.baseAddress!)
                    unsafe means.withUnsafeBufferPointer { means in
                      unsafe rows.withDenseRows { dense in
                        unsafe weights.withPointers { pointers in
                          let steps = unsafe AscentSteps(
                            entries: entries, dense: dense, own: own.isEmpty ? nil : own.baseAddress!,
                            squares: squares.baseAddress!, means: means.isEmpty ? nil : means.baseAddress!,
                            meanSquare: rows.mean?.square ?? 0, costs: costs.baseAddress!,
                            labels: labels.baseAddress!, targets: targets.baseAddress!, coefficients: coefficients,
                            points: points, weights: pointers, parts: parts, lanes: loss.lanes, models: loss.models,
                            labelCount: loss.labelCount, overlap: rows.overlap, damping: damping,
                            isFar: shared.columnCount * loss.width > Self.nearWeights, isFirst: isFirst)
                          unsafe intercepts.withUnsafeMutableBufferPointer { intercepts in
                            unsafe order.withUnsafeBufferPointer { order in
                              unsafe steps.take(order, settings, intercepts: intercepts.baseAddress!, sums: sums)
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
          if width == 1 {
            unsafe gatherOne(chosen, asking: next, into: margins)
          } else {
            unsafe gather(chosen.0, asking: next.0, before: chosen.1, into: margins)
            unsafe gather(chosen.1, asking: next.1, before: chosen.2, into: margins + width)
            unsafe gather(chosen.2, asking: next.2, before: chosen.3, into: margins + 2 &* width)
            unsafe gather(chosen.3, asking: next.3, before: next.0, into: margins + 3 &* width)
          }
          unsafe gatherRest(chosen.0, asking: next.0, into: margins)
          unsafe gatherRest(chosen.1, asking: next.1, into: margins + width)
          unsafe gatherRest(chosen.2, asking: next.2, into: margins + 2 &* width)
          unsafe gatherRest(chosen.3, asking: next.3, into: margins + 3 &* width)
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

  // The margins of rows under all models, without intercepts; they ask for the entries of others.

  @inline(never)
  private func gatherOne(_ rows: Places, asking next: Places, into out: UnsafeMutablePointer<Float>) {
    unsafe store(entries.gather(rows, UnsafePointer(weights.sparse), asking: next), out)
    guard let own = unsafe own else { return }
    unsafe out[0] += own[rows.0] * own[rows.0] * coefficients[rows.0]
    unsafe out[1] += own[rows.1] * own[rows.1] * coefficients[rows.1]
    unsafe out[2] += own[rows.2] * own[rows.2] * coefficients[rows.2]
    unsafe out[3] += own[rows.3] * own[rows.3] * coefficients[rows.3]
  }

  private func gather(
    _ row: Int, asking next: Int, before following: Int, into out: UnsafeMutablePointer<Float>
  ) {
    let width = unsafe lanes &* models
    unsafe entries.gather(
      row, UnsafePointer(weights.sparse), lanes: width, asking: next, before: following, isFar: isFar, into: out)
    guard let own = unsafe own else { return }
    let square = unsafe own[row] * own[row]
    let old = unsafe coefficients + row &* width
    for lane in stride(from: 0, to: width, by: 4) {
      unsafe store(load(out + lane, Four.self) + load(old + lane, Four.self) * square, out + lane)
    }
  }

  /// Adds what the dense block gives, and what the mean row takes.
  @inline(__always)
  private func gatherRest(_ row: Int, asking next: Int, into out: UnsafeMutablePointer<Float>) {
    let width = unsafe lanes &* models
    if let dense = unsafe dense {
      unsafe dense.gather(row, UnsafePointer(weights.dense), lanes: width, asking: next, into: out)
    }
    guard let means = unsafe means else { return }
    let mean = unsafe means[row]
    for lane in 0..<width { unsafe out[lane] += weights.shifts[lane] - mean * weights.sums[lane] }
  }

  /// Puts the changes of a row's coefficients into the weights.
  @inline(__always)
  private func scatter(_ row: Int, _ changes: UnsafePointer<Float>) {
    let width = unsafe lanes &* models
    if let dense = unsafe dense { unsafe dense.scatter(row, changes, weights.dense, lanes: width) }
    if let means = unsafe means {
      let rest = unsafe meanSquare - means[row]
      for lane in 0..<width {
        unsafe weights.sums[lane] += changes[lane]
        unsafe weights.shifts[lane] += changes[lane] * rest
      }
    }
    if width > 1 { return unsafe entries.scatter(row, changes, weights.sparse, lanes: width) }
    unsafe SparseMatrix.add(
      changes.pointee, entries.columns, entries.values, entries.offsets[row], entries.offsets[row &+ 1],
      to: weights.sparse)
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
