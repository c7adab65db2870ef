internal import LinearAlgebra

/// What rows lose and what they have of the gap at given margins, for one model or several side by side.
extension DualAscent {
  private typealias Four = SIMD4<Float>

  /// Adds the losses of some rows and their parts of the gap to each model's; all arrays begin with the first row of all.
  @unsafe static func measure(
    _ rows: Range<Int>, _ loss: RowLoss, margins: UnsafePointer<Float>, points: UnsafePointer<Float>,
    coefficients: UnsafePointer<Float>, values: UnsafeMutablePointer<Double>, gaps: UnsafeMutablePointer<Double>
  ) {
    unsafe loss.costs.withUnsafeBufferPointer { costs in
      unsafe loss.targets.withUnsafeBufferPointer { targets in
        unsafe loss.labels.withUnsafeBufferPointer { labels in
          let measure = unsafe Measure(
            lanes: loss.lanes, labelCount: loss.labelCount, models: loss.models, margins: margins, points: points,
            coefficients: coefficients, costs: costs.baseAddress!, targets: targets.baseAddress!,
            labels: labels.baseAddress!)
          if loss.lanes > 1 {
            unsafe measure.multinomial(rows, values, gaps)
          } else if loss.models > 1 {
            unsafe measure.binomials(rows, values, gaps)
          } else {
            unsafe measure.binomial(rows, values, gaps)
          }
        }
      }
    }
  }

  @unsafe private struct Measure {
    let lanes: Int
    let labelCount: Int
    let models: Int
    let margins: UnsafePointer<Float>
    let points: UnsafePointer<Float>
    let coefficients: UnsafePointer<Float>
    let costs: UnsafePointer<Float>
    let targets: UnsafePointer<Float>
    let labels: UnsafePointer<UInt16>

    /// Two labels, one model: four rows at a time.
    func binomial(_ rows: Range<Int>, _ values: UnsafeMutablePointer<Double>, _ gaps: UnsafeMutablePointer<Double>) {
      var row = rows.lowerBound
      while row < rows.upperBound {
        let count = min(4, rows.upperBound &- row)
        let last = row &+ count &- 1
        let target = unsafe Four(
          targets[Int(labels[row])], targets[Int(labels[min(row &+ 1, last)])],
          targets[Int(labels[min(row &+ 2, last)])], targets[Int(labels[min(row &+ 3, last)])])
        let (lost, gap) =
          unsafe count == 4
          ? four(load(margins, row), load(points, row), load(coefficients, row), load(costs, row), target)
          : four(
            some(margins, row, count), some(points, row, count), some(coefficients, row, count),
            some(costs, row, count), target)
        unsafe values.pointee += Double(lost.laneSum)
        unsafe gaps.pointee += (gap[0] + gap[1]) + (gap[2] + gap[3])
        row &+= 4
      }
    }

    /// Two labels, models that fill whole vectors: four models of a row at a time.
    func binomials(_ rows: Range<Int>, _ values: UnsafeMutablePointer<Double>, _ gaps: UnsafeMutablePointer<Double>) {
      for model in unsafe stride(from: 0, to: models, by: 4) {
        var (value, sum) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        for row in rows {
          let target = unsafe Four(repeating: targets[Int(labels[row])])
          let cell = unsafe row &* models &+ model
          let (lost, gap) = unsafe four(
            load(margins, cell), load(points, cell), load(coefficients, cell), load(costs, cell), target)
          value += SIMD4<Double>(lost)
          sum += gap
        }
        for lane in 0..<4 {
          unsafe values[model &+ lane] += value[lane]
          unsafe gaps[model &+ lane] += sum[lane]
        }
      }
    }

    /// The losses and parts of the gap of four cells of two labels.
    @inline(__always)
    private func four(
      _ margin: Four, _ point: Four, _ coefficient: Four, _ costs: Four, _ target: Four
    ) -> (losses: Four, gaps: SIMD4<Double>) {
      let counts = costs .> 0
      let cost = costs.replacing(with: 1, where: .!counts)
      let magnitude = margin.replacing(with: -margin, where: margin .< 0)
      let positive = margin.replacing(with: 0, where: margin .< 0)
      let lost = logarithmFromOne(1 + exponentialOfNonpositive(-magnitude)) + positive - target * margin
      let share = target - coefficient / cost
      let distance = point - margin
      let gap = 0.5 * cost * (share * (1 - share)) * (distance * distance)
      var gaps = SIMD4<Double>(gap.replacing(with: 0, where: .!counts))
      let size = distance.replacing(with: -distance, where: distance .< 0)
      let isFar = counts .& .!(size .<= DualAscent.nearness)
      if any(isFar) {
        for lane in 0..<4 where isFar[lane] {
          gaps[lane] = DualAscent.gap(
            point[lane], margin[lane], share: share[lane], cost: cost[lane])
        }
      }
      return ((cost * lost).replacing(with: 0, where: .!counts), gaps)
    }

    /// Three labels or more.
    func multinomial(_ rows: Range<Int>, _ values: UnsafeMutablePointer<Double>, _ gaps: UnsafeMutablePointer<Double>) {
      for row in rows {
        let target = unsafe targets + Int(labels[row]) &* lanes
        for model in unsafe 0..<models {
          let cell = unsafe row &* models &+ model
          let cost = unsafe costs[cell]
          guard cost > 0 else { continue }
          let begin = unsafe cell &* lanes
          let inverse = 1 / cost
          var (square, mean, own) = (Four.zero, Four.zero, Four.zero)
          var top = Four(repeating: RowLoss.padding)
          var farthest = Four.zero
          for lane in unsafe stride(from: 0, to: lanes, by: 4) {
            let margin = unsafe load(margins, begin &+ lane)
            let aim = unsafe load(target, lane)
            let distance = unsafe load(points, begin &+ lane) - margin
            let weighted = unsafe (aim - load(coefficients, begin &+ lane) * inverse) * distance
            square += weighted * distance
            mean += weighted
            own += aim * margin
            top.replace(with: margin, where: margin .> top)
            let size = distance.replacing(with: -distance, where: distance .< 0)
            farthest.replace(with: size, where: .!(size .<= farthest))
          }
          let largest = top.largestLane
          var sum = Four.zero
          for lane in unsafe stride(from: 0, to: lanes, by: 4) {
            unsafe sum += exponentialOfNonpositive(load(margins, begin &+ lane) - largest)
          }
          let average = mean.laneSum
          let lost = logarithmFromOne(Four(repeating: sum.laneSum))[0] + (largest - own.laneSum)
          unsafe values[model] += Double(cost * lost)
          unsafe gaps[model] +=
            farthest.largestLane <= DualAscent.nearness
            ? 0.5 * Double(cost * (square.laneSum - average * average))
            : DualAscent.gap(points + begin, margins + begin, mean: average, labelCount, cost: cost)
        }
      }
    }

    @inline(__always)
    private func load(_ numbers: UnsafePointer<Float>, _ place: Int) -> Four {
      unsafe UnsafeRawPointer(numbers + place).loadUnaligned(as: Four.self)
    }

    /// Fewer than four numbers, and 0 for the others.
    private func some(_ numbers: UnsafePointer<Float>, _ place: Int, _ count: Int) -> Four {
      var four = Four.zero
      for lane in 0..<count { unsafe four[lane] = numbers[place &+ lane] }
      return four
    }
  }
}
