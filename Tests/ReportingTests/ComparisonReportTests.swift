import Corpus
import Evaluation
import Reporting
import TestSupport
import Testing

@Suite("ComparisonReport")
struct ComparisonReportTests {
  func report(_ skills: [Double]) throws -> ComparisonReport {
    var generator = SeededGenerator(seed: 3)
    let gold = (0..<200).map { $0 % 2 }
    let contenders = skills.enumerated().map { index, skill in
      Comparison.Contender(
        name: "model-\(index)",
        predictions: Predictions(
          labels: ["favor", "against"], ids: gold.indices.map { "item-\($0)" }, gold: gold,
          predicted: gold.map { Double.random(in: 0..<1, using: &generator) < skill ? $0 : 1 - $0 },
          texts: gold.indices.map { "Statement \($0)" }))
    }
    return ComparisonReport(
      title: "Comparison", facts: [Fact("Data", "dev.jsonl")],
      comparison: try Comparison(
        contenders, metrics: [.macroF1, .accuracy, .logLoss], bootstrap: Bootstrap(resamples: 300)))
  }

  @Test("two models: one difference a metric, without columns for what is undefined")
  func two() throws {
    let text = try report([0.6, 0.9]).text()
    #expect(text.contains("\nmodel-1 − model-0      +0."))
    #expect(text.contains("Differences in Macro F1\n") && !text.contains("Log loss"))
    #expect(text.contains("Model                Macro F1              Accuracy\n"))
    #expect(text.contains("for 1 pair."))
  }

  @Test("three models: a forest of all pairs and a matrix of who beats whom")
  func three() throws {
    let html = try report([0.6, 0.9, 0.62]).html
    #expect(html.contains("<title>Differences in Macro F1</title>"))
    #expect(html.contains("<title>Who beats whom in Accuracy</title>"))
    #expect(html.contains("model-1 beats model-0 by 0."))
    #expect(try !report([0.6, 0.9]).html.contains("Who beats whom"))
  }

  @Test("JSON holds every pair with every metric, undefined ones as null")
  func json() throws {
    let json = try JSONValue(Array(report([0.6, 0.9, 0.62]).json.utf8).span)
    let pairs = try #require(json["pairs"]?.array)
    #expect(pairs.map { $0["first"]?.string } == ["model-0", "model-0", "model-1"])
    let metrics = try #require(pairs[0]["metrics"])
    #expect(try #require(metrics["macro_f1"]?["difference"]?["value"]?.number) > 0.1)
    #expect(metrics["log_loss"]?["randomization_p"] == .null)
    #expect(json["disagreements"]?.array?.first?["predicted"]?.array?.count == 3)
  }

  @Test("Markdown and LaTeX have the same tables")
  func papers() throws {
    let report = try report([0.6, 0.9])
    #expect(report.markdown.contains("| Models | Difference | Interval | p (random.) | p (bootstrap) | Holm | B.–H. |"))
    #expect(report.latex.contains("model-1 $-$ model-0 & +0."))
  }
}

@Suite("AgreementReport")
struct AgreementReportTests {
  let report = AgreementReport(
    title: "Agreement",
    agreement: AnnotatorAgreement(
      [
        .init(name: "anna", labels: ["1": "a", "2": "b", "3": "a", "4": "b"]),
        .init(name: "ben", labels: ["1": "a", "2": "a", "3": "a", "4": "b"]),
      ], bootstrap: Bootstrap(resamples: 100)))

  @Test("the report names pairs, confusions and disagreements")
  func text() {
    let text = report.text()
    #expect(text.contains("Krippendorff’s alpha over 2 annotators: 0.5"))
    #expect(text.contains("\nanna, ben       4  0.750 "))
    #expect(text.contains("\nb  1  1\n"))
    #expect(text.contains("\n2     b     a\n"))
    #expect(report.html.contains("Rows: anna, columns: ben. On 3 of 4 items both are the same."))
  }

  @Test("JSON has alpha, kappa and the items")
  func json() throws {
    let json = try JSONValue(Array(report.json.utf8).span)
    #expect(json["pairs"]?.array?.first?["cohen_kappa"]?["value"]?.number == 0.5)
    #expect(json["disagreements"] == [["id": "2", "labels": ["b", "a"]]])
  }
}
