import Evaluation
import Testing

@Suite("Metric")
struct MetricTests {
  @Test("every metric is found by its own name")
  func names() {
    for metric in Metric.overall + Metric.perLabel("a.b") {
      #expect(Metric(name: metric.name) == metric)
    }
    #expect(Metric(name: "f1.") == nil)
    #expect(Metric(name: "accuracy.favor") == nil)
    #expect(Metric(name: "") == nil)
  }
}
