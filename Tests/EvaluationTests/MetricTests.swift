import Evaluation
import Testing

@Suite("Metric")
struct MetricTests {
  @Test("every metric is found by its own name")
  func names() {
    for metric in Metric.overall + Metric.perLabel("a.b") {
      #expect(Metric(name: metric.name) == metric)
    }
    #expect(Metric(name: "macro-f1") == .macroF1)
    #expect(Metric(name: "roc-auc.a-b") == .rocAUC("a-b"))
    #expect(Metric(name: "f1.") == nil)
    #expect(Metric(name: "accuracy.favor") == nil)
    #expect(Metric(name: "") == nil)
  }
}
