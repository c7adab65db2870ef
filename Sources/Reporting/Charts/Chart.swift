/// A picture as SVG, with its meaning in words for who does not see it.
struct Chart: Equatable, Sendable {
  /// The element, ready to stand in HTML.
  let svg: String
}

/// Draws a chart. Everything that is shown by colour is shown by a position, a length, a number or a dash too.
struct Canvas {
  let width: Double
  let height: Double
  private var body = ""

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// The finished chart. A narrow page shrinks it, as long as its texts stay legible, and lets the reader scroll then.
  ///
  /// - Parameters:
  ///   - title: What it shows, in a few words.
  ///   - description: What there is to see, for who does not see it.
  func chart(title: String, description: String) -> Chart {
    Chart(
      svg: "<svg role=\"img\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" style=\"min-width:"
        + "\(Self.number(0.85 * width))px\" viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" aria-label=\"\(HTML.escaped(title + ". " + description))\">"
        + "<title>\(HTML.escaped(title))</title>\(body)</svg>")
  }

  mutating func line(from start: (Double, Double), to end: (Double, Double), style: String, dashes: String? = nil) {
    body +=
      "<line x1=\"\(Self.number(start.0))\" y1=\"\(Self.number(start.1))\" x2=\"\(Self.number(end.0))\" y2=\""
      + "\(Self.number(end.1))\" class=\"\(style)\"\(Self.dashes(dashes))/>"
  }

  mutating func polyline(_ points: [(Double, Double)], style: String, dashes: String? = nil) {
    let places = points.map { "\(Self.number($0.0)),\(Self.number($0.1))" }.joined(separator: " ")
    body += "<polyline points=\"\(places)\" class=\"\(style)\"\(Self.dashes(dashes))/>"
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, style: String, opacity: Double? = nil
  ) {
    let opacity = opacity.map { " fill-opacity=\"\(($0 * 1000).rounded() / 1000)\"" }
    body +=
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(max(0, width)))\" height=\""
      + "\(Self.number(max(0, height)))\" class=\"\(style)\"\(opacity ?? "")/>"
  }

  mutating func circle(at center: (Double, Double), radius: Double, style: String) {
    body +=
      "<circle cx=\"\(Self.number(center.0))\" cy=\"\(Self.number(center.1))\" r=\"\(Self.number(radius))\" "
      + "class=\"\(style)\"/>"
  }

  enum Anchor: String {
    case start, middle, end
  }

  mutating func text(
    _ text: String, at place: (Double, Double), anchor: Anchor = .start, style: String = "", isVertical: Bool = false
  ) {
    let (x, y) = (Self.number(place.0), Self.number(place.1))
    body +=
      "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor.rawValue)\" class=\"\(style)\""
      + (isVertical ? " transform=\"rotate(-90 \(x) \(y))\"" : "") + ">\(HTML.escaped(text))</text>"
  }

  /// A horizontal whisker with ends, for an interval.
  mutating func whisker(from left: Double, to right: Double, y: Double) {
    line(from: (left, y), to: (right, y), style: "whisker")
    line(from: (left, y - 4), to: (left, y + 4), style: "whisker")
    line(from: (right, y - 4), to: (right, y + 4), style: "whisker")
  }

  /// A vertical whisker with ends.
  mutating func whisker(x: Double, from top: Double, to bottom: Double) {
    line(from: (x, top), to: (x, bottom), style: "whisker")
    line(from: (x - 3, top), to: (x + 3, top), style: "whisker")
    line(from: (x - 3, bottom), to: (x + 3, bottom), style: "whisker")
  }

  private static func dashes(_ pattern: String?) -> String { pattern.map { " stroke-dasharray=\"\($0)\"" } ?? "" }

  /// A length to a tenth of a pixel.
  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0
      ? String(tenths / 10) : (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// The width of text in a chart, by a wide font's digits: what is left to be exact about is a margin.
  static func width(of text: String) -> Double { Double(DisplayWidth.of(text)) * 7.5 }
}
