internal import CPlatform
internal import Foundation
internal import LinearAlgebra

/// Newton steps for one row at most, and the longest of them: farther out the quadratic model means little.
private let mostSteps = 4
/// The share of a row's first miss at which its Newton steps end.
private let exactness: Float = 0.3
private let longestStep: Float = 2

private typealias Four = SIMD4<Float>
private typealias Mask = SIMDMask<SIMD4<Int32>>
/// Four places.
private typealias Places = (Int, Int, Int, Int)

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
  let coefficients: UnsafeMutablePointer<Float>
  let points: UnsafeMutablePointer<Float>
  let weights: UnsafeMutablePointer<Float>
  let lanes: Int
  let models: Int
  let labelCount: Int
  /// How much longer rows are taken to be.
  let overlap: Float
  /// What changes of the weights are multiplied by.
  let damping: Float
  /// Whether rows have no points yet.
  let isFirst: Bool

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

    /// An estimate of the objective.
    var value: Double { 4 * losses + 0.5 * squares }
  }

  /// One step for each of `rows` of a matrix and each open model; see `take` below.
  static func take(
    _ rows: ArraySlice<UInt32>, of matrix: CompactMatrix, _ loss: RowLoss, squares: [Float], overlap: Float,
    damping: Float, isFirst: Bool, _ settings: [Setting], coefficients: UnsafeMutablePointer<Float>,
    points: UnsafeMutablePointer<Float>, weights: UnsafeMutablePointer<Float>, intercepts: inout [Float],
    sums: UnsafeMutablePointer<Sums>
  ) {
    let shared = matrix.shared
    unsafe shared.offsets.withUnsafeBufferPointer { offsets in
      unsafe shared.columns.withUnsafeBufferPointer { columns in
        unsafe shared.values.withUnsafeBufferPointer { values in
          unsafe matrix.own.withUnsafeBufferPointer { own in
            unsafe squares.withUnsafeBufferPointer { squares in
              unsafe loss.costs.withUnsafeBufferPointer { costs in
                unsafe loss.labels.withUnsafeBufferPointer { labels in
                  let entries = unsafe RowEntries(
                    offsets: offsets.baseAddress!, columns: columns.baseAddress!, values: values.baseAddress!)
                  let steps = unsafe AscentSteps(
                    entries: entries, own: own.isEmpty ? nil : own.baseAddress!, squares: squares.baseAddress!,
                    costs: costs.baseAddress!, labels: labels.baseAddress!, coefficients: coefficients, points: points,
                    weights: weights, lanes: loss.lanes, models: loss.models, labelCount: loss.labelCount,
                    overlap: overlap, damping: damping, isFirst: isFirst)
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
    let size = unsafe 8 * width + 24 * labelCount
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
          unsafe prefetch(rows, from: place &+ 4)
          unsafe gather(chosen.0, into: margins)
          unsafe gather(chosen.1, into: margins + width)
          unsafe gather(chosen.2, into: margins + 2 &* width)
          unsafe gather(chosen.3, into: margins + 3 &* width)
          unsafe changes.update(repeating: 0, count: 4 &* width)
          let isThere = Mask([true, count > 1, count > 2, count > 3])
          var moved = Mask(repeating: false)
          for model in unsafe 0..<models {
            let setting = unsafe settings[model]
            guard setting.isOpen else { continue }
            if unsafe lanes == 1 {
              moved =
                unsafe moved
                .| binomial(chosen, model, isThere, setting, place, margins, changes, intercepts, sums + model)
            } else {
              moved =
                unsafe moved
                .| multinomial(
                  chosen, model, isThere, setting, place, margins, changes, scratch, intercepts, sums + model)
            }
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

  /// Rows come in random order, so that no processor can guess where the next ones lie: asks for the entries of four rows.
  @inline(__always)
  private func prefetch(_ rows: UnsafeBufferPointer<UInt32>, from first: Int) {
    guard first &+ 8 <= rows.count else { return }
    for place in first..<first &+ 4 {
      unsafe platform_prefetch(entries.offsets + Int(rows[place &+ 4]))
      let row = unsafe Int(rows[place])
      var entry = unsafe entries.offsets[row]
      let end = unsafe entries.offsets[row &+ 1]
      while entry < end {
        unsafe platform_prefetch(entries.columns + entry)
        unsafe platform_prefetch(entries.values + entry)
        entry &+= 16
      }
    }
  }

  /// A row's margins under all models, without intercepts.
  @inline(__always)
  private func gather(_ row: Int, into out: UnsafeMutablePointer<Float>) {
    let width = unsafe lanes &* models
    let weights = unsafe UnsafePointer(weights)
    switch width {
    case 1:
      let (begin, end) = unsafe (entries.offsets[row], entries.offsets[row &+ 1])
      unsafe out.pointee = SparseMatrix.sum(entries.columns, entries.values, begin, end, weights)
    case 4: unsafe store(entries.gather(row, weights, stride: 4, SIMD4<Float>.self), out)
    case 8: unsafe store(entries.gather(row, weights, stride: 8, SIMD8<Float>.self), out)
    default:
      var lane = 0
      while lane &+ 16 <= width {
        unsafe store(entries.gather(row, weights + lane, stride: width, SIMD16<Float>.self), out + lane)
        lane &+= 16
      }
      while lane &+ 8 <= width {
        unsafe store(entries.gather(row, weights + lane, stride: width, SIMD8<Float>.self), out + lane)
        lane &+= 8
      }
      while lane < width {
        unsafe store(entries.gather(row, weights + lane, stride: width, SIMD4<Float>.self), out + lane)
        lane &+= 4
      }
    }
    guard let own = unsafe own else { return }
    let square = unsafe own[row] * own[row]
    let old = unsafe coefficients + row &* width
    for lane in 0..<width { unsafe out[lane] += square * old[lane] }
  }

  /// Puts the changes of a row's coefficients into the weights.
  @inline(__always)
  private func scatter(_ row: Int, _ changes: UnsafePointer<Float>) {
    let width = unsafe lanes &* models
    switch width {
    case 1:
      let change = unsafe changes.pointee
      for entry in unsafe entries.offsets[row]..<entries.offsets[row &+ 1] {
        unsafe weights[Int(entries.columns[entry])] += entries.values[entry] * change
      }
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

  /// The numbers at four places.
  @inline(__always)
  private func four(_ numbers: UnsafePointer<Float>, _ places: Places) -> Four {
    unsafe Four(numbers[places.0], numbers[places.1], numbers[places.2], numbers[places.3])
  }

  /// Writes those of four numbers that `isWritten` says.
  @inline(__always)
  private func write(
    _ vector: Four, _ numbers: UnsafeMutablePointer<Float>, _ places: Places, where isWritten: Mask
  ) {
    if isWritten[0] { unsafe numbers[places.0] = vector[0] }
    if isWritten[1] { unsafe numbers[places.1] = vector[1] }
    if isWritten[2] { unsafe numbers[places.2] = vector[2] }
    if isWritten[3] { unsafe numbers[places.3] = vector[3] }
  }

  /// The steps of one model of two labels; returns which rows moved.
  @inline(__always)
  private func binomial(
    _ rows: Places, _ model: Int, _ isThere: Mask, _ setting: Setting, _ place: Int, _ margins: UnsafePointer<Float>,
    _ changes: UnsafeMutablePointer<Float>, _ intercepts: UnsafeMutablePointer<Float>,
    _ sums: UnsafeMutablePointer<Sums>
  ) -> Mask {
    let models = unsafe models
    let cells = (
      rows.0 &* models &+ model, rows.1 &* models &+ model, rows.2 &* models &+ model, rows.3 &* models &+ model
    )
    let given = unsafe four(costs, cells)
    let counts = isThere .& (given .> 0)
    guard any(counts) else { return counts }
    let cost = given.replacing(with: 1, where: .!counts)
    let here = (model, models &+ model, 2 &* models &+ model, 3 &* models &+ model)
    let sum = unsafe four(margins, here)
    let margin = unsafe sum + intercepts[model]
    let old = unsafe four(coefficients, cells)
    let target = unsafe Four(
      Float(labels[rows.0]), Float(labels[rows.1]), Float(labels[rows.2]), Float(labels[rows.3]))
    let length = unsafe (four(squares, rows) + setting.spring) * overlap
    let reach = length * cost
    var point: Four
    var share: Four
    var miss: Four
    var active = counts
    if unsafe isFirst {
      point = margin
      share = logistic(point)
      miss = (share - target) * reach
    } else {
      point = unsafe four(points, cells)
      share = target - old / cost
      miss = point - margin
      let gap = (0.5 * cost * share * (1 - share) * miss * miss).replacing(with: 0, where: .!counts)
      unsafe sums.pointee.gap += Double(gap.laneSum)
      active = counts .& ((gap .>= setting.negligible) .| (absolute(miss) .> DualAscent.nearness))
    }
    if any(active) {
      let enough = exactness * absolute(miss)
      var going = active
      for step in 1...mostSteps {
        var move = miss / (1 + reach * share * (1 - share))
        move.replace(with: longestStep, where: move .> longestStep)
        move.replace(with: -longestStep, where: move .< -longestStep)
        point.replace(with: point - move, where: going)
        share.replace(with: logistic(point), where: going)
        if step == mostSteps { break }
        miss = point - margin - ((target - share) * cost - old) * length
        going = going .& (absolute(miss) .> enough)
        if !any(going) { break }
      }
    }
    let new = old.replacing(with: (target - share) * cost, where: active)
    unsafe write(point, points, cells, where: active)
    unsafe write(new, coefficients, cells, where: active)
    let change = unsafe (new - old) * damping
    unsafe write(change, changes, here, where: active)
    unsafe intercepts[model] += setting.spring * change.laneSum
    unsafe sums.pointee.squares += Double((new * sum).replacing(with: 0, where: .!counts).laneSum)
    if place & 12 == 0 {
      let right = share.replacing(with: 1 - share, where: target .== 0)
      unsafe sums.pointee.losses += losses(right, cost, where: counts)
    }
    return active
  }

  /// The steps of one model of three labels or more; returns which rows moved.
  @inline(__always)
  private func multinomial(
    _ rows: Places, _ model: Int, _ isThere: Mask, _ setting: Setting, _ place: Int, _ margins: UnsafePointer<Float>,
    _ changes: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Four>,
    _ intercepts: UnsafeMutablePointer<Float>, _ sums: UnsafeMutablePointer<Sums>
  ) -> Mask {
    let (models, lanes, count) = unsafe (models, lanes, labelCount)
    let cells = (
      rows.0 &* models &+ model, rows.1 &* models &+ model, rows.2 &* models &+ model, rows.3 &* models &+ model
    )
    let given = unsafe four(costs, cells)
    let counts = isThere .& (given .> 0)
    guard any(counts) else { return counts }
    let cost = given.replacing(with: 1, where: .!counts)
    let inverse = 1 / cost
    let first = model &* lanes
    let width = models &* lanes
    let own = unsafe SIMD4<Int32>(
      Int32(labels[rows.0]), Int32(labels[rows.1]), Int32(labels[rows.2]), Int32(labels[rows.3]))
    let length = unsafe (four(squares, rows) + setting.spring) * overlap
    let reach = length * cost
    // One vector for each label, six times.
    let (margin, old) = unsafe (scratch, scratch + count)
    let (point, share) = unsafe (scratch + 2 &* count, scratch + 3 &* count)
    let (miss, target) = unsafe (scratch + 4 &* count, scratch + 5 &* count)
    @inline(__always)
    func places(_ label: Int) -> Places {
      (cells.0 &* lanes &+ label, cells.1 &* lanes &+ label, cells.2 &* lanes &+ label, cells.3 &* lanes &+ label)
    }
    @inline(__always)
    func here(_ label: Int) -> Places {
      let lane = first &+ label
      return (lane, width &+ lane, 2 &* width &+ lane, 3 &* width &+ lane)
    }
    for label in 0..<count {
      unsafe margin[label] = four(margins, here(label)) + intercepts[first &+ label]
      unsafe old[label] = four(coefficients, places(label))
      unsafe target[label] = Four.zero.replacing(with: 1, where: own .== Int32(truncatingIfNeeded: label))
    }
    var active = counts
    if unsafe isFirst {
      for label in 0..<count { unsafe point[label] = margin[label] }
      unsafe softmax(point, share, count)
      for label in 0..<count { unsafe miss[label] = (share[label] - target[label]) * reach }
    } else {
      var mean = Four.zero
      var square = Four.zero
      var farthest = Four.zero
      for label in 0..<count {
        let now = unsafe four(points, places(label))
        let part = unsafe target[label] - old[label] * inverse
        let distance = unsafe now - margin[label]
        unsafe point[label] = now
        unsafe share[label] = part
        unsafe miss[label] = distance
        let weighted = part * distance
        mean += weighted
        square += weighted * distance
        farthest = larger(farthest, absolute(distance))
      }
      let gap = (0.5 * cost * (square - mean * mean)).replacing(with: 0, where: .!counts)
      unsafe sums.pointee.gap += Double(gap.laneSum)
      active = counts .& ((gap .>= setting.negligible) .| (farthest .> DualAscent.nearness))
    }
    if any(active) {
      var largest = Four.zero
      for label in 0..<count { unsafe largest = larger(largest, absolute(miss[label])) }
      let enough = exactness * largest
      var going = active
      for step in 1...mostSteps {
        // (I + reach·(diag p − p·pᵀ))⁻¹·miss by Sherman & Morrison.
        var up = Four.zero
        var vp = Four.zero
        for label in 0..<count {
          let p = unsafe share[label]
          let scale = 1 / (1 + p * reach)
          let u = unsafe miss[label] * scale
          let v = p * scale
          up += p * u
          vp += p * v
          unsafe miss[label] = u
          unsafe share[label] = v
        }
        let factor = reach * up / (1 - reach * vp)
        var size = Four.zero
        for label in 0..<count {
          let move = unsafe miss[label] + share[label] * factor
          unsafe miss[label] = move
          size = larger(size, absolute(move))
        }
        let limit = (longestStep / size).replacing(with: 1, where: size .<= longestStep)
        for label in 0..<count {
          let next = unsafe point[label] - miss[label] * limit
          unsafe point[label].replace(with: next, where: going)
        }
        unsafe softmax(point, share, count)
        if step == mostSteps { break }
        largest = Four.zero
        for label in 0..<count {
          let new = unsafe (target[label] - share[label]) * cost
          let rest = unsafe point[label] - margin[label] - (new - old[label]) * length
          unsafe miss[label] = rest
          largest = larger(largest, absolute(rest))
        }
        going = going .& (largest .> enough)
        if !any(going) { break }
      }
    }
    var product = Four.zero
    var right = Four.zero
    for label in 0..<count {
      let before = unsafe old[label]
      let kept = unsafe target[label] - before * inverse
      let part = unsafe kept.replacing(with: share[label], where: active)
      let new = unsafe before.replacing(with: (target[label] - part) * cost, where: active)
      let change = unsafe (new - before) * damping
      unsafe write(point[label], points, places(label), where: active)
      unsafe write(new, coefficients, places(label), where: active)
      unsafe write(change, changes, here(label), where: active)
      unsafe product += new * (margin[label] - intercepts[first &+ label])
      unsafe right += target[label] * part
      unsafe intercepts[first &+ label] += setting.spring * change.laneSum
    }
    unsafe sums.pointee.squares += Double(product.replacing(with: 0, where: .!counts).laneSum)
    if place & 12 == 0 { unsafe sums.pointee.losses += losses(right, cost, where: counts) }
    return active
  }

  /// The labels' shares at four rows' margins.
  @inline(__always)
  private func softmax(_ margins: UnsafePointer<Four>, _ shares: UnsafeMutablePointer<Four>, _ count: Int) {
    var top = unsafe margins[0]
    for label in 1..<count { unsafe top = larger(top, margins[label]) }
    var sum = Four.zero
    for label in 0..<count {
      let power = unsafe exponentialOfNonpositive(margins[label] - top)
      unsafe shares[label] = power
      sum += power
    }
    let scale = 1 / sum
    for label in 0..<count { unsafe shares[label] *= scale }
  }
}

@inline(__always)
private func logistic(_ margin: Four) -> Four {
  let small = exponentialOfNonpositive(-absolute(margin))
  let share = 1 / (1 + small)
  return share.replacing(with: small * share, where: margin .< 0)
}

@inline(__always)
private func losses(_ shares: Four, _ costs: Four, where counts: Mask) -> Double {
  let losses = costs * logarithmFromOne(1 / larger(shares, Four(repeating: 1e-30)))
  return Double(losses.replacing(with: 0, where: .!counts).laneSum)
}

@inline(__always)
private func absolute(_ vector: Four) -> Four { vector.replacing(with: -vector, where: vector .< 0) }

@inline(__always)
private func larger(_ one: Four, _ other: Four) -> Four { one.replacing(with: other, where: other .> one) }

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
