/// A rectangle with axes, in which data have places.
struct Plot {
  /// One axis.
  struct Axis {
    let title: String
    let range: ClosedRange<Double>
    let ticks: [Double]
    let decimals: Int

    /// Shares from 0 to 1.
    static func shares(_ title: String) -> Axis {
      Axis(title: title, range: 0...1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], decimals: 1)
    }

    /// An axis over values, with round ticks.
    init(_ title: String, covering values: [Double]) {
      let finite = values.filter(\.isFinite)
      var low = finite.min() ?? 0
      var high = finite.max() ?? 1
      if high - low < 1e-9 { (low, high) = (low - 0.5, high + 0.5) }
      // The smallest of 1, 2, 5 times a power of ten that leaves at most six ticks or so: more would run together.
      let rough = (high - low) / 5
      var step = 1e-9
      while step * 10 < rough { step *= 10 }
      step *= rough <= step ? 1 : rough <= step * 2 ? 2 : rough <= step * 5 ? 5 : 10
      let first = (low / step).rounded(.down)
      let last = (high / step).rounded(.up)
      self.title = title
      range = first * step...last * step
      ticks = stride(from: first, through: last, by: 1).map { $0 * step }
      var decimals = 0
      var unit = 1.0
      while unit > step * 1.000001 && decimals < 6 {
        unit /= 10
        decimals += 1
      }
      self.decimals = decimals
    }

    private init(title: String, range: ClosedRange<Double>, ticks: [Double], decimals: Int) {
      self.title = title
      self.range = range
      self.ticks = ticks
      self.decimals = decimals
    }
  }

  let left: Double
  let top: Double
  let width: Double
  let height: Double
  let x: Axis
  let y: Axis

  func place(_ point: (Double, Double)) -> (Double, Double) { (horizontal(point.0), vertical(point.1)) }

  func horizontal(_ value: Double) -> Double {
    left + (value - x.range.lowerBound) / (x.range.upperBound - x.range.lowerBound) * width
  }

  func vertical(_ value: Double) -> Double {
    top + height - (value - y.range.lowerBound) / (y.range.upperBound - y.range.lowerBound) * height
  }

  /// Draws grid, ticks and titles.
  func drawAxes(on canvas: inout Canvas) {
    for tick in x.ticks {
      let place = horizontal(tick)
      canvas.line(from: (place, top), to: (place, top + height), style: "grid")
      canvas.text(
        Figures.text(tick, decimals: x.decimals), at: (place, top + height + 16), anchor: .middle, style: "muted")
    }
    for tick in y.ticks {
      let place = vertical(tick)
      canvas.line(from: (left, place), to: (left + width, place), style: "grid")
      canvas.text(Figures.text(tick, decimals: y.decimals), at: (left - 6, place + 4), anchor: .end, style: "muted")
    }
    canvas.text(x.title, at: (left + width / 2, top + height + 34), anchor: .middle)
    canvas.text(y.title, at: (left - 40, top + height / 2), anchor: .middle, isVertical: true)
  }
}

extension Chart {
  /// A named line of a plot.
  struct Series {
    let name: String
    /// What stands behind its name in a legend.
    var figure: String?
    let points: [(Double, Double)]

    /// The entry in a legend, the name cut to a number of columns.
    func entry(_ width: Int) -> String {
      DisplayWidth.clipped(name, to: width) + (figure.map { " (\($0))" } ?? "")
    }
  }

  /// How lines differ without colour, in their order.
  private static let dashes: [String?] = [nil, "7 4", "2 3", "10 3 2 3", "1 5", "14 5"]
  private static let styles = ["line", "line second", "line third"]

  /// Lines over two axes, told apart by dashes and colour, with a legend; `intervals` are vertical whiskers at places of
  /// the x axis.
  static func lines(
    title: String, description: String, x: Plot.Axis, y: Plot.Axis, series: [Series],
    reference: [(Double, Double)] = [], intervals: [(x: Double, lower: Double, upper: Double)] = []
  ) -> Chart {
    let legend = series.count > 1 ? Double(series.count) * 18 + 6 : 0
    var canvas = Canvas(width: 420, height: 350 + legend)
    let plot = Plot(left: 60, top: 30, width: 340, height: 260, x: x, y: y)
    canvas.text(title, at: (60, 18), style: "title")
    plot.drawAxes(on: &canvas)
    if !reference.isEmpty { canvas.polyline(reference.map(plot.place), style: "axis", dashes: "3 3") }
    for one in intervals {
      canvas.whisker(x: plot.horizontal(one.x), from: plot.vertical(one.lower), to: plot.vertical(one.upper))
    }
    for (number, one) in series.enumerated() {
      let style = styles[number % styles.count]
      let dash = dashes[number % dashes.count]
      canvas.polyline(one.points.map(plot.place), style: style, dashes: dash)
      if legend > 0 {
        let height = 348 + Double(number) * 18
        canvas.line(from: (60, height), to: (100, height), style: style, dashes: dash)
        canvas.text(one.entry(36), at: (108, height + 4))
      }
    }
    return canvas.chart(title: title, description: description)
  }

  /// Lines in one plot where they can be told apart, else each in a small plot of its own.
  static func linesOrPanels(
    title: String, description: String, x: Plot.Axis, y: Plot.Axis, series: [Series], reference: [(Double, Double)] = []
  ) -> Chart {
    if series.count <= dashes.count {
      return lines(title: title, description: description, x: x, y: y, series: series, reference: reference)
    }
    let (size, perRow) = (118.0, 4)
    let (width, height) = (size + 16, size + 34)
    let rows = (series.count + perRow - 1) / perRow
    var canvas = Canvas(width: 40 + width * Double(perRow), height: 54 + height * Double(rows))
    canvas.text(title, at: (40, 16), style: "title")
    for (number, one) in series.enumerated() {
      let plot = Plot(
        left: 40 + Double(number % perRow) * width, top: 44 + Double(number / perRow) * height, width: size,
        height: size, x: x, y: y)
      for (share, anchor) in [(0.0, Canvas.Anchor.start), (0.5, .middle), (1, .end)] {
        let value = (
          x.range.lowerBound + share * (x.range.upperBound - x.range.lowerBound),
          y.range.lowerBound + share * (y.range.upperBound - y.range.lowerBound)
        )
        let (across, down) = plot.place(value)
        canvas.line(from: (across, plot.top), to: (across, plot.top + size), style: "grid")
        canvas.line(from: (plot.left, down), to: (plot.left + size, down), style: "grid")
        // The outermost plots carry the figures of all.
        if number % perRow == 0 {
          canvas.text(Figures.text(value.1, decimals: 1), at: (34, down + 4), anchor: .end, style: "muted")
        }
        if number + perRow >= series.count {
          canvas.text(
            Figures.text(value.0, decimals: 1), at: (across, plot.top + size + 14), anchor: anchor, style: "muted")
        }
      }
      canvas.text(one.entry(10), at: (plot.left, plot.top - 5))
      if !reference.isEmpty { canvas.polyline(reference.map(plot.place), style: "axis", dashes: "3 3") }
      canvas.polyline(one.points.map(plot.place), style: "line")
    }
    let middle = 40 + width * Double(perRow) / 2
    canvas.text("\(x.title) →, \(y.title) ↑", at: (middle, 48 + height * Double(rows)), anchor: .middle, style: "muted")
    return canvas.chart(title: title, description: description)
  }

  /// A row of a chart of intervals.
  struct IntervalRow {
    let name: String
    let value: Double?
    let lower: Double?
    let upper: Double?
    let figure: String
  }

  /// Values as dots with their intervals as whiskers, a row each; `reference` is a vertical line to compare with.
  static func intervals(
    title: String, description: String, axis: String, rows: [IntervalRow], reference: Double? = nil
  ) -> Chart {
    let names = (rows.map { Canvas.width(of: DisplayWidth.clipped($0.name, to: 48)) }.max() ?? 0) + 16
    let figures = (rows.map { Canvas.width(of: $0.figure) }.max() ?? 0) + 16
    let height = Double(rows.count) * 24
    var canvas = Canvas(width: names + 360 + figures, height: height + 84)
    let values = rows.flatMap { [$0.value, $0.lower, $0.upper] }.compactMap { $0 } + (reference.map { [$0] } ?? [])
    let plot = Plot(
      left: names, top: 30, width: 340, height: height, x: Plot.Axis(axis, covering: values),
      y: Plot.Axis("", covering: [0, 1]))
    canvas.text(title, at: (0, 18), style: "title")
    for tick in plot.x.ticks {
      let place = plot.horizontal(tick)
      canvas.line(from: (place, 30), to: (place, 30 + height), style: "grid")
      canvas.text(
        Figures.text(tick, decimals: plot.x.decimals), at: (place, height + 46), anchor: .middle, style: "muted")
    }
    canvas.text(axis, at: (names + 170, height + 66), anchor: .middle)
    if let reference {
      let place = plot.horizontal(reference)
      canvas.line(from: (place, 30), to: (place, 30 + height), style: "axis", dashes: "4 3")
    }
    for (number, row) in rows.enumerated() {
      let y = 42 + Double(number) * 24
      canvas.text(DisplayWidth.clipped(row.name, to: 48), at: (names - 10, y + 4), anchor: .end)
      if let lower = row.lower, let upper = row.upper {
        canvas.whisker(from: plot.horizontal(lower), to: plot.horizontal(upper), y: y)
      }
      if let value = row.value { canvas.circle(at: (plot.horizontal(value), y), radius: 5, style: "dot") }
      canvas.text(row.figure, at: (names + 356, y + 4))
    }
    return canvas.chart(title: title, description: description)
  }
}
