import Classification
import Foundation
import LinearAlgebra
import Optimization

// One fit (or one grid of fits) of an exported matrix, for `peers.py`: arrays are read before the clock starts, and one
// line of JSON comes out.
//
//     standpoint-fit MATRIX-FOLDER --C 10 --tol 1e-4 --threads 1 [--grid] [--l1] [--dev MATRIX-FOLDER]
//
// `--dev` adds the macro-F1 on another matrix.

/// A file of plain numbers.
func numbers<T: BitwiseCopyable>(_ file: URL, _ type: T.Type) throws -> [T] {
  try Data(contentsOf: file).withUnsafeBytes { Array($0.bindMemory(to: T.self)) }
}

struct Usage: Error, CustomStringConvertible {
  let description =
    "usage: standpoint-fit MATRIX-FOLDER --C NUMBER --tol NUMBER --threads NUMBER [--grid] [--l1] [--dev FOLDER]"
}

struct Shape: Decodable {
  let columns: Int
  /// Columns of a dense block beside the matrix.
  let dense: Int
  let labels: Int
}

struct Line: Encodable {
  var seconds: Double
  var cpu: Double
  var passes: Int
  var objective: Double
  var score: Double?
  var peakBytes: Int
  var baseBytes: Int
  var csrBytes: Int
}

/// User and system seconds of this process, and the most memory it ever held.
func usage() -> (cpu: Double, peak: Int) {
  var usage = rusage()
  getrusage(0, &usage)  // 0 is RUSAGE_SELF, which Glibc declares as another type
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
  return (seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss * 1024)
}

/// Penalty plus losses of a classifier over all statements, in double precision, two labels as one weight vector.
func objective(
  _ classifier: LinearClassifier, _ x: SparseMatrix, _ dense: DenseMatrix?, _ labels: [Int], _ c: Double, isL1: Bool
) -> Double {
  let margins = classifier.decision(of: x, dense: dense)
  let count = classifier.labelCount
  var loss = 0.0
  for (row, label) in labels.enumerated() {
    let values = margins.values[row * count..<(row + 1) * count].map(Double.init)
    loss += logSumExp(values) - values[label]
  }
  // Two labels hold ∓w/2: their squares add up to w²/2.
  let scale = count == 2 ? 2.0 : 1.0
  let weights = classifier.weights + classifier.denseWeights
  guard !isL1 else { return weights.reduce(0) { $0 + Double(abs($1)) } + c * loss }
  return 0.5 * scale * weights.reduce(0) { $0 + Double($1) * Double($1) } + c * loss
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard let folder = arguments.first.map({ URL(filePath: $0) }) else { throw Usage() }
@MainActor func option(_ name: String, _ otherwise: Double) throws -> Double {
  guard let place = arguments.firstIndex(of: name) else { return otherwise }
  guard place + 1 < arguments.count, let value = Double(arguments[place + 1]) else { throw Usage() }
  return value
}
let c = try option("--C", 1)
let tolerance = try option("--tol", 1e-4)
let threads = Int(try option("--threads", 1))
/// The matrix of a folder, the dense block beside it, its labels and how many there are.
func data(_ folder: URL) throws -> (features: SparseMatrix, dense: DenseMatrix?, labels: [Int], labelCount: Int) {
  let shape = try JSONDecoder().decode(Shape.self, from: Data(contentsOf: folder.appending(path: "shape.json")))
  let features = SparseMatrix(
    columnCount: shape.columns, offsets: try numbers(folder.appending(path: "offsets.i64"), Int.self),
    columns: try numbers(folder.appending(path: "columns.u32"), UInt32.self),
    values: try numbers(folder.appending(path: "values.f32"), Float.self))
  let dense =
    shape.dense == 0
    ? nil
    : DenseMatrix(
      rowCount: features.rowCount, columnCount: shape.dense,
      values: try numbers(folder.appending(path: "dense.f32"), Float.self))
  return (features, dense, try numbers(folder.appending(path: "labels.i64"), Int.self), shape.labels)
}

/// The mean over labels of the harmonic mean of precision and recall.
func macroF1(_ classifier: LinearClassifier, _ x: SparseMatrix, _ dense: DenseMatrix?, _ labels: [Int]) -> Double {
  let margins = classifier.decision(of: x, dense: dense)
  let count = classifier.labelCount
  var right = [Double](repeating: 0, count: count)
  var sums = right
  for (row, label) in labels.enumerated() {
    let found = (0..<count).max { margins.values[row * count + $0] < margins.values[row * count + $1] }!
    sums[found] += 1
    sums[label] += 1
    if found == label { right[label] += 1 }
  }
  return (0..<count).reduce(0) { $0 + 2 * right[$1] / max(1, sums[$1]) } / Double(count)
}

let (features, dense, labels, labelCount) = try data(folder)
let isL1 = arguments.contains("--l1")
let method = try LogisticRegression(.init(inverseRegularization: c, penalty: isL1 ? .l1 : .l2, tolerance: tolerance))
let before = usage()
let clock = ContinuousClock()
let start = clock.now
var line = Line(
  seconds: 0, cpu: 0, passes: 0, objective: 0, score: nil, peakBytes: 0, baseBytes: before.peak,
  csrBytes: features.entryCount * 8 + (dense?.values.count ?? 0) * 4)
if arguments.contains("--grid") {
  let folds = try numbers(folder.appending(path: "folds.i64"), Int.self)
  let values = (0..<10).map { 0.03 * pow(1000, Double($0) / 9) }
  let fits = try method.fitMany(
    features, dense: dense, labels: labels, labelCount: labelCount, folds: folds, inverseRegularizations: values,
    threads: threads)
  line.passes = fits.reduce(0) { $0 + ($1.records.map(\.passes).max() ?? 0) }
  line.seconds = (clock.now - start) / .seconds(1)
} else {
  let (classifier, record) = try method.fit(
    features, dense: dense, labels: labels, labelCount: labelCount, threads: threads)
  line.seconds = (clock.now - start) / .seconds(1)
  line.cpu = usage().cpu - before.cpu
  line.peakBytes = usage().peak
  line.passes = record.passes
  line.objective = objective(classifier, features, dense, labels, c, isL1: isL1)
  if let place = arguments.firstIndex(of: "--dev") {
    guard place + 1 < arguments.count else { throw Usage() }
    let dev = try data(URL(filePath: arguments[place + 1]))
    line.score = macroF1(classifier, dev.features, dev.dense, dev.labels)
  }
}
if line.cpu == 0 {
  line.cpu = usage().cpu - before.cpu
  line.peakBytes = usage().peak
}
print(String(decoding: try JSONEncoder().encode(line), as: UTF8.self))
