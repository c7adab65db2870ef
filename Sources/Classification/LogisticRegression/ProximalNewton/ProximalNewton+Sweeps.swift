internal import LinearAlgebra

extension ProximalNewton {
  /// Descends the quadratic model of the losses, with the penalty, over the columns of the working set; returns how many
  /// sweeps that took.
  ///
  /// - Parameters:
  ///   - direction: the change of the parameters, 0 before.
  ///   - goal: the share of the first sweep's gain at which a sweep is the last.
  func descend(
    _ direction: inout [Float], from parameters: [Float], _ gradient: [Float], _ shares: [Float], working: [UInt32],
    goal: Double
  ) -> Int {
    let curvature = loss.labels.indices.map { row in
      loss.lanes == 1 ? loss.costs[row] * shares[row] * (1 - shares[row]) : loss.costs[row]
    }
    // H·(X·direction), row by row, in the shape of the margins: what the model's gradient has changed by.
    var turned = [Float](repeating: 0, count: shares.count)
    return unsafe turned.withUnsafeMutableBufferPointer { turned in
      unsafe direction.withUnsafeMutableBufferPointer { direction in
        unsafe shares.withUnsafeBufferPointer { shares in
          unsafe curvature.withUnsafeBufferPointer { curvature in
            unsafe columns.rows.withUnsafeBufferPointer { rows in
              unsafe columns.values.withUnsafeBufferPointer { values in
                let model = unsafe Model(
                  rows: rows.baseAddress!, values: values.baseAddress!, curvature: curvature.baseAddress!,
                  shares: shares.baseAddress!, turned: turned.baseAddress!, lanes: loss.lanes)
                return unsafe sweep(model, direction.baseAddress!, from: parameters, gradient, working, goal)
              }
            }
          }
        }
      }
    }
  }

  /// Sweeps over the working set until a sweep gains little; returns how many sweeps that took.
  private func sweep(
    _ model: Model, _ direction: UnsafeMutablePointer<Float>, from parameters: [Float], _ gradient: [Float],
    _ working: [UInt32], _ goal: Double
  ) -> Int {
    let used = loss.labelCount
    let blocks = unsafe blocks(of: model, working)
    var open = working.indices.map { UInt32($0) }
    var sweeps = 0
    var first = 0.0
    let slopes = UnsafeMutablePointer<Float>.allocate(capacity: 2 * loss.lanes)
    defer { unsafe slopes.deallocate() }
    let changes = unsafe slopes + loss.lanes
    while sweeps < Self.mostSweeps {
      sweeps += 1
      var gain = 0.0
      var kept: [UInt32] = []
      kept.reserveCapacity(open.count)
      for place in open {
        let column = Int(working[Int(place)])
        let isFree = column == columns.count - 1
        let entries = columns.starts[column]..<columns.starts[column + 1]
        unsafe model.slopes(entries, into: slopes)
        var stays = isFree
        for lane in 0..<used {
          let index = column &* loss.lanes &+ lane
          let weight = unsafe parameters[index] + direction[index]
          unsafe slopes[lane] += gradient[index] + (isFree ? 0 : l2) * weight
          if weight != 0 { stays = true }
        }
        unsafe changes.update(repeating: 0, count: loss.lanes)
        let moves = unsafe blocks.withUnsafeBufferPointer { blocks in
          unsafe step(
            column, blocks.baseAddress! + Int(place) &* used &* used, slopes, direction, parameters, changes, &gain)
        }
        if moves { unsafe model.turn(entries, by: changes) }
        // A weight that is 0 and stays 0 is looked at again in the next iteration.
        if moves || stays { kept.append(place) }
      }
      open = kept
      if sweeps == 1 { first = gain }
      if gain <= goal * first { break }
    }
    return sweeps
  }

  /// The Hessian's block of each column, with the ridge: how its labels' weights bear on each other.
  private func blocks(of model: Model, _ working: [UInt32]) -> [Float] {
    let used = loss.labelCount
    var blocks = [Float](repeating: 0, count: working.count * used * used)
    unsafe blocks.withUnsafeMutableBufferPointer { blocks in
      for (place, column) in working.enumerated() {
        let entries = columns.starts[Int(column)]..<columns.starts[Int(column) + 1]
        let ridge = Int(column) == columns.count - 1 ? 0 : l2
        let block = unsafe blocks.baseAddress! + place * used * used
        unsafe model.addBlock(entries, used, to: block)
        for lane in 0..<used { unsafe block[lane * (used + 1)] = max(block[lane * (used + 1)] + ridge, 1e-12) }
      }
    }
    return blocks
  }

  /// Moves a column's weights to the minimum of their block, the soft threshold of one after the other: one label is exact at
  /// once, several take turns until they agree. Adds up what that gains and says whether any weight moved.
  @inline(__always)
  private func step(
    _ column: Int, _ block: UnsafePointer<Float>, _ slopes: UnsafeMutablePointer<Float>,
    _ direction: UnsafeMutablePointer<Float>, _ parameters: [Float], _ changes: UnsafeMutablePointer<Float>,
    _ gain: inout Double
  ) -> Bool {
    let used = loss.labelCount
    let threshold = column == columns.count - 1 ? 0 : l1
    var moves = false
    for turn in 0..<(used == 1 ? 1 : Self.mostTurns) {
      var gained = 0.0
      for lane in 0..<used {
        let index = column &* loss.lanes &+ lane
        let bend = unsafe block[lane &* (used &+ 1)]
        let weight = unsafe parameters[index] + direction[index]
        let goal = unsafe weight - slopes[lane] / bend
        let shrink = threshold / bend
        let next = goal > shrink ? goal - shrink : goal < -shrink ? goal + shrink : 0
        let change = next - weight
        guard change != 0 else { continue }
        moves = true
        unsafe direction[index] += change
        unsafe changes[lane] += change
        for other in 0..<used { unsafe slopes[other] += block[lane &* used &+ other] * change }
        gained += Double(bend) * Double(change) * Double(change)
      }
      gain += gained
      if turn > 0, gained <= 0.01 * gain { break }
      if gained == 0 { break }
    }
    return moves
  }

  /// Sweeps over the working set in one iteration at most, and turns of the labels of a column in one sweep.
  private static let mostSweeps = 50
  private static let mostTurns = 5

  /// The quadratic model, by its columns.
  @unsafe private struct Model {
    let rows: UnsafePointer<UInt32>
    let values: UnsafePointer<Float>
    /// cost · p · (1 − p) with two labels, else the cost.
    let curvature: UnsafePointer<Float>
    let shares: UnsafePointer<Float>
    let turned: UnsafeMutablePointer<Float>
    let lanes: Int

    /// Adds a column's block of the Hessian, Σ value² · curvature · (diag p − p·pᵀ); with two labels a single number.
    @inline(__always)
    func addBlock(_ entries: Range<Int>, _ used: Int, to block: UnsafeMutablePointer<Float>) {
      for entry in entries {
        let row = unsafe Int(rows[entry])
        let weight = unsafe values[entry] * values[entry] * curvature[row]
        if unsafe lanes == 1 {
          unsafe block.pointee += weight
          continue
        }
        let own = unsafe shares + row &* lanes
        for lane in 0..<used {
          let part = unsafe weight * own[lane]
          for other in 0..<used { unsafe block[lane &* used &+ other] -= part * own[other] }
          unsafe block[lane &* (used &+ 1)] += part
        }
      }
    }

    /// A column's product with what was turned.
    @inline(__always)
    func slopes(_ entries: Range<Int>, into slopes: UnsafeMutablePointer<Float>) {
      if unsafe lanes == 1 {
        var sum: Float = 0
        for entry in entries { unsafe sum += values[entry] * turned[Int(rows[entry])] }
        unsafe slopes.pointee = sum
        return
      }
      for chunk in unsafe stride(from: 0, to: lanes, by: 4) {
        var sum = SIMD4<Float>.zero
        for entry in entries {
          unsafe sum += load(UnsafePointer(turned), Int(rows[entry]) &* lanes &+ chunk) * values[entry]
        }
        unsafe UnsafeMutableRawPointer(slopes + chunk).storeBytes(of: sum, as: SIMD4<Float>.self)
      }
    }

    /// Turns a change of a column's weights: cost · (diag p − p·pᵀ) times its part of the margins.
    @inline(__always)
    func turn(_ entries: Range<Int>, by changes: UnsafePointer<Float>) {
      if unsafe lanes == 1 {
        let change = unsafe changes.pointee
        for entry in entries {
          let row = unsafe Int(rows[entry])
          unsafe turned[row] += curvature[row] * values[entry] * change
        }
        return
      }
      for entry in entries {
        let row = unsafe Int(rows[entry])
        let cell = unsafe row &* lanes
        var mean: Float = 0
        for chunk in unsafe stride(from: 0, to: lanes, by: 4) {
          unsafe mean += (load(shares, cell &+ chunk) * load(changes, chunk)).laneSum
        }
        let scale = unsafe curvature[row] * values[entry]
        for chunk in unsafe stride(from: 0, to: lanes, by: 4) {
          let part = unsafe load(shares, cell &+ chunk) * (load(changes, chunk) - mean) * scale
          let sum = unsafe load(UnsafePointer(turned), cell &+ chunk) + part
          unsafe UnsafeMutableRawPointer(turned + (cell &+ chunk)).storeBytes(of: sum, as: SIMD4<Float>.self)
        }
      }
    }

    @inline(__always)
    private func load(_ numbers: UnsafePointer<Float>, _ place: Int) -> SIMD4<Float> {
      unsafe UnsafeRawPointer(numbers).loadUnaligned(fromByteOffset: place &* 4, as: SIMD4<Float>.self)
    }
  }
}
