internal import LinearAlgebra

/// The loss of single statements: what happens between the two sparse products.
///
/// Models lie side by side. A row of margins has `lanes` numbers for each model: one where two labels share a single
/// weight vector (binomial loss), else the labels padded to a multiple of four, the padding so far below zero that its
/// probability is exactly 0. A "cell" is one row of one model; cell `row·models + model` begins at `cell·lanes`.
package struct RowLoss: Sendable {
  /// Numbers in a cell of margins.
  let lanes: Int
  /// Models side by side; with one lane 1 or a multiple of 4.
  let models: Int
  /// Labels in use, the rest of a cell being padding (with one lane: 1).
  let labelCount: Int
  /// What each row is to be: its label, or the number of a mixture of labels that several equal rows have together; with
  /// one lane 1 is the label that positive margins speak for.
  private(set) var labels: [UInt16]
  /// The labels' shares of each label and mixture, in cells: 1 for a label's own.
  private(set) var targets: [Float]
  /// What each cell's loss counts: C × statement weight × class weight.
  var costs: [Float]

  /// The loss of statements with these labels and costs; mixtures of labels are given as further `targets`.
  package init(
    lanes: Int, models: Int, labelCount: Int, labels: [UInt16], costs: [Float], targets: [Float]? = nil
  ) {
    precondition(lanes == 1 || lanes % 4 == 0 && labelCount <= lanes, "a cell is one lane or a multiple of four")
    precondition(lanes > 1 || models == 1 || models % 4 == 0, "models of one lane fill whole vectors")
    precondition(costs.count == labels.count * models, "one cost a cell is needed")
    self.lanes = lanes
    self.models = models
    self.labelCount = labelCount
    self.labels = labels
    self.costs = costs
    self.targets = targets ?? Self.labels(lanes, labelCount)
  }

  /// The shares where each target is one label.
  private static func labels(_ lanes: Int, _ labelCount: Int) -> [Float] {
    guard lanes > 1 else { return [0, 1] }
    return (0..<labelCount * lanes).map { $0 % lanes == $0 / lanes ? 1 : 0 }
  }

  /// The same loss where rows stand together for what they cost and are to be.
  mutating func replace(labels: [UInt16], targets: [Float], costs: [Float]) {
    self.labels = labels
    self.targets = targets
    self.costs = costs
  }

  /// Makes every cell's loss count so many times what it is told.
  mutating func scale(_ costs: [Float], by factor: Float) {
    unsafe self.costs.withUnsafeMutableBufferPointer { scaled in
      unsafe costs.withUnsafeBufferPointer { costs in
        for cell in 0..<scaled.count { unsafe scaled[cell] = costs[cell] * factor }
      }
    }
  }

  /// Numbers in a row of margins.
  var width: Int { lanes * models }

  /// The margin of padding.
  static let padding: Float = -1e30

  /// Writes the probabilities at margins + step·slopes and adds costs × losses to each model's total.
  @unsafe func evaluate(
    rows: Range<Int>, margins: UnsafePointer<Float>, slopes: UnsafePointer<Float>, steps: [Float],
    probabilities: UnsafeMutablePointer<Float>, totals: UnsafeMutablePointer<Double>
  ) {
    if lanes == 1 {
      unsafe evaluateBinomial(rows, margins, slopes, steps, probabilities, totals)
    } else {
      unsafe evaluateMultinomial(rows, margins, slopes, steps, probabilities, totals)
    }
  }

  @unsafe private func evaluateBinomial(
    _ rows: Range<Int>, _ margins: UnsafePointer<Float>, _ slopes: UnsafePointer<Float>, _ steps: [Float],
    _ probabilities: UnsafeMutablePointer<Float>, _ totals: UnsafeMutablePointer<Double>
  ) {
    let z = unsafe UnsafeRawPointer(margins)
    let s = unsafe UnsafeRawPointer(slopes)
    let p = UnsafeMutableRawPointer(probabilities)
    unsafe costs.withUnsafeBytes { costs in
      unsafe labels.withUnsafeBufferPointer { labels in
        // Four cells at a time: four rows of a single model, or one row of four models.
        var cell = rows.lowerBound * models
        let end = rows.upperBound * models
        var row = rows.lowerBound
        var model = 0
        while cell < end {
          let count = min(4, end - cell)
          var margin = SIMD4<Float>.zero
          var cost = SIMD4<Float>.zero
          var y = SIMD4<Float>.zero
          if count == 4 {
            let step =
              models == 1
              ? SIMD4(repeating: steps[0])
              : SIMD4(steps[model], steps[model + 1], steps[model + 2], steps[model + 3])
            unsafe margin = Self.load(z, cell) + Self.load(s, cell) * step
            unsafe cost = costs.loadUnaligned(fromByteOffset: cell * 4, as: SIMD4<Float>.self)
          } else {
            for lane in 0..<count {
              unsafe margin[lane] = margins[cell + lane] + slopes[cell + lane] * steps[0]
              unsafe cost[lane] = costs.loadUnaligned(fromByteOffset: (cell + lane) * 4, as: Float.self)
            }
          }
          for lane in 0..<count { unsafe y[lane] = targets[Int(labels[models == 1 ? row + lane : row])] }
          let magnitude = margin.replacing(with: -margin, where: margin .< 0)
          let small = exponentialOfNonpositive(-magnitude)
          let share = 1 / (1 + small)
          let probability = share.replacing(with: small * share, where: margin .< 0)
          let positive = margin.replacing(with: 0, where: margin .< 0)
          let loss = cost * (logarithmFromOne(1 + small) + positive - y * margin)
          for lane in 0..<count {
            unsafe totals[models == 1 ? 0 : model + lane] += Double(loss[lane])
            if count < 4 { unsafe probabilities[cell + lane] = probability[lane] }
          }
          if count == 4 { unsafe p.storeBytes(of: probability, toByteOffset: cell * 4, as: SIMD4<Float>.self) }
          cell += 4
          if models == 1 {
            row += 4
          } else {
            model += 4
            if model == models {
              model = 0
              row += 1
            }
          }
        }
      }
    }
  }

  @unsafe private func evaluateMultinomial(
    _ rows: Range<Int>, _ margins: UnsafePointer<Float>, _ slopes: UnsafePointer<Float>, _ steps: [Float],
    _ probabilities: UnsafeMutablePointer<Float>, _ totals: UnsafeMutablePointer<Double>
  ) {
    let chunks = lanes / 4
    var losses = WaitingLosses()
    unsafe costs.withUnsafeBufferPointer { costs in
      unsafe labels.withUnsafeBufferPointer { labels in
        unsafe targets.withUnsafeBufferPointer { targets in
          for row in rows {
            let target = unsafe UnsafeRawPointer(targets.baseAddress! + Int(labels[row]) &* lanes)
            for model in 0..<models {
              let cell = row &* models &+ model
              let begin = cell &* lanes
              let step = steps[model]
              let z = unsafe UnsafeRawPointer(margins)
              let s = unsafe UnsafeRawPointer(slopes)
              let p = UnsafeMutableRawPointer(probabilities)
              var largest = SIMD4<Float>(repeating: Self.padding)
              var own4 = SIMD4<Float>.zero
              for chunk in 0..<chunks {
                let place = begin &+ chunk &* 4
                let value = unsafe Self.load(z, place) + Self.load(s, place) * step
                unsafe p.storeBytes(of: value, toByteOffset: place &* 4, as: SIMD4<Float>.self)
                largest = largest.replacing(with: value, where: value .> largest)
                unsafe own4 += Self.load(target, chunk &* 4) * value
              }
              let top = max(max(largest[0], largest[1]), max(largest[2], largest[3]))
              let own = (own4[0] + own4[1]) + (own4[2] + own4[3])
              var sum4 = SIMD4<Float>.zero
              for chunk in 0..<chunks {
                let place = begin &+ chunk &* 4
                let e = unsafe exponentialOfNonpositive(Self.load(UnsafeRawPointer(p), place) - top)
                unsafe p.storeBytes(of: e, toByteOffset: place &* 4, as: SIMD4<Float>.self)
                sum4 += e
              }
              let sum = (sum4[0] + sum4[1]) + (sum4[2] + sum4[3])
              let scale = 1 / sum
              for chunk in 0..<chunks {
                let place = begin &+ chunk &* 4
                unsafe p.storeBytes(
                  of: Self.load(UnsafeRawPointer(p), place) * scale, toByteOffset: place &* 4, as: SIMD4<Float>.self)
              }
              unsafe losses.append(sum: sum, rest: top - own, cost: costs[cell], model: model, to: totals)
            }
          }
        }
      }
    }
    unsafe losses.flush(to: totals)
  }

  /// Losses of up to four cells whose logarithms are taken together.
  private struct WaitingLosses {
    private var sums = SIMD4<Float>(repeating: 1)
    private var rests = SIMD4<Float>.zero
    private var costs = SIMD4<Float>.zero
    private var models = SIMD4<Int32>.zero
    private var count = 0

    @inline(__always)
    @unsafe mutating func append(
      sum: Float, rest: Float, cost: Float, model: Int, to totals: UnsafeMutablePointer<Double>
    ) {
      sums[count] = sum
      rests[count] = rest
      costs[count] = cost
      models[count] = Int32(model)
      count &+= 1
      if count == 4 { unsafe flush(to: totals) }
    }

    @inline(__always)
    @unsafe mutating func flush(to totals: UnsafeMutablePointer<Double>) {
      let losses = costs * (logarithmFromOne(sums) + rests)
      for lane in 0..<count { unsafe totals[Int(models[lane])] += Double(losses[lane]) }
      count = 0
    }
  }

  /// Writes cost·(p − y) for each of `rows`, the first at the beginning of `out`.
  @unsafe func residuals(
    rows: Range<Int>, probabilities: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>
  ) {
    var out = unsafe out
    unsafe costs.withUnsafeBufferPointer { costs in
      for row in rows {
        let target = Int(labels[row]) &* lanes
        for cell in row * models..<(row + 1) * models {
          let cost = unsafe costs[cell]
          if lanes == 1 {
            unsafe out.pointee = cost * (probabilities[cell] - targets[target])
          } else {
            for lane in 0..<lanes {
              unsafe out[lane] = cost * (probabilities[cell &* lanes &+ lane] - targets[target &+ lane])
            }
          }
          unsafe out += lanes
        }
      }
    }
  }

  /// Writes cost·(diag p − p·pᵀ)·margins for each of `rows`, whose margins and products lie from the beginning on.
  @unsafe func curve(
    rows: Range<Int>, probabilities: UnsafePointer<Float>, margins: UnsafePointer<Float>,
    into products: UnsafeMutablePointer<Float>
  ) {
    let first = rows.lowerBound * models
    let cells = rows.count * models
    unsafe costs.withUnsafeBufferPointer { costs in
      if lanes == 1 {
        for cell in 0..<cells {
          let p = unsafe probabilities[first &+ cell]
          unsafe products[cell] = costs[first &+ cell] * p * (1 - p) * margins[cell]
        }
      } else if lanes == 4 {
        let p = unsafe UnsafeRawPointer(probabilities + first * 4)
        for cell in 0..<cells {
          let share = unsafe Self.load(p, cell &* 4)
          let margin = unsafe Self.load(UnsafeRawPointer(margins), cell &* 4)
          let each = share * margin
          let mean = (each[0] + each[1]) + (each[2] + each[3])
          let value = unsafe (each - share * mean) * costs[first &+ cell]
          unsafe UnsafeMutableRawPointer(products).storeBytes(
            of: value, toByteOffset: cell &* 16, as: SIMD4<Float>.self)
        }
      } else {
        let p = unsafe UnsafeRawPointer(probabilities + first * lanes)
        for cell in 0..<cells {
          let begin = cell &* lanes
          var sums = SIMD4<Float>.zero
          for place in stride(from: begin, to: begin &+ lanes, by: 4) {
            unsafe sums += Self.load(p, place) * Self.load(UnsafeRawPointer(margins), place)
          }
          let mean = (sums[0] + sums[1]) + (sums[2] + sums[3])
          for place in stride(from: begin, to: begin &+ lanes, by: 4) {
            let margin = unsafe Self.load(UnsafeRawPointer(margins), place)
            let value = unsafe Self.load(p, place) * (margin - mean) * costs[first &+ cell]
            unsafe UnsafeMutableRawPointer(products).storeBytes(
              of: value, toByteOffset: place &* 4, as: SIMD4<Float>.self)
          }
        }
      }
    }
  }

  @inline(__always)
  private static func load(_ pointer: UnsafeRawPointer, _ place: Int) -> SIMD4<Float> {
    unsafe pointer.loadUnaligned(fromByteOffset: place &* 4, as: SIMD4<Float>.self)
  }
}
