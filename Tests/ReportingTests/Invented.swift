import Evaluation

/// Nine answers of an imaginary model that never sees its third label.
func inventedPredictions(texts: [String]? = nil) -> Predictions {
  Predictions(
    labels: ["favor", "against", "none"], ids: (1...9).map { "item-\($0)" }, gold: [0, 0, 0, 1, 1, 1, 0, 1, 0],
    predicted: [0, 1, 0, 1, 1, 0, 0, 0, 1],
    probabilities: [
      0.8, 0.1, 0.1, 0.2, 0.7, 0.1, 0.5, 0.3, 0.2, 0.1, 0.9, 0, 0.3, 0.4, 0.3, 0.6, 0.3, 0.1, 0.9, 0.05, 0.05, 0.5, 0.4,
      0.1, 0.2, 0.45, 0.35,
    ], attributes: ["publisher": ["A", "A", "B", "B", "B", "A", "B", "B", "C|D"]],
    texts: texts ?? (1...9).map { "Sentence \($0) of the café in 東京." })
}
