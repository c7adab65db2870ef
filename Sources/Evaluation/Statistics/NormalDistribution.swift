import Foundation

/// The standard normal distribution.
enum NormalDistribution {
  /// The probability of a value of at most `z`.
  static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  /// The value below which a draw falls with `probability` (Acklam's approximation and one step of Halley's method, which
  /// makes it exact to about 1e-15).
  ///
  /// - Precondition: `probability` lies strictly between 0 and 1.
  static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile needs a probability between 0 and 1")
    let central = [
      -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
      -3.066479806614716e+01, 2.506628277459239e+00,
    ]
    let centralDenominator = [
      -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
      -1.328068155288572e+01, 1,
    ]
    let tail = [
      -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
      4.374664141464968e+00, 2.938163982698783e+00,
    ]
    let tailDenominator = [
      7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1,
    ]
    func polynomial(_ coefficients: [Double], _ x: Double) -> Double { coefficients.reduce(0) { $0 * x + $1 } }
    var z: Double
    let edge = min(probability, 1 - probability)
    if edge < 0.02425 {
      let root = (-2 * log(edge)).squareRoot()
      z = polynomial(tail, root) / polynomial(tailDenominator, root)
      if probability > 0.5 { z = -z }
    } else {
      let centred = probability - 0.5
      let square = centred * centred
      z = polynomial(central, square) * centred / polynomial(centralDenominator, square)
    }
    let error = cumulative(z) - probability
    let step = error * (2 * Double.pi).squareRoot() * exp(z * z / 2)
    return z - step / (1 + z * step / 2)
  }
}
