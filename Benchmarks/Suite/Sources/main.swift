import AllocationCounter
import Classification
import Corpus
import FeatureExtraction
import Foundation
import Standpoint
import TextProcessing

// One micro-benchmark: so many passes of one piece of work over the project's own statements, after one that warms it
// up. One line of JSON comes out: allocations and nanoseconds of processor time for each statement. `run.py` calls it and counts the
// instructions.
//
//     standpoint-suite NAME PASSES CHECKOUT

/// A piece of work, done once for every statement.
struct Benchmark {
  var statements: Int
  var pass: () throws -> Void
}

struct Result: Encodable {
  var name: String
  var statements: Int
  var allocations: Double
  var nanoseconds: Double
}

/// The processor time of this thread so far: on a machine that others use, the clock on the wall tells of them.
func threadNanoseconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// Texts of the project's development split.
func texts(_ checkout: String) throws -> [String] {
  struct Row: Decodable { var text: String }
  let file = URL(fileURLWithPath: checkout + "/Datasets/standpoint-news/dev.jsonl")
  return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
    try JSONDecoder().decode(Row.self, from: Data($0.utf8)).text
  }
}

/// A model of hashed words 1–2, weighted as `train --hash-bits 20 --no-idf` has it, whose weights were made up: what it answers
/// does not matter here.
func hashedModel() throws -> Model {
  let features = FeatureExtractor.Configuration(
    words: WordNGrams.Configuration(orders: 1...2, weighting: .additive(inverseDocumentFrequency: false)),
    space: .hashed(bits: 20))
  let (extractor, _) = try FeatureExtractor.fit(features, statements: [Statement(id: "1", text: "It rained.")])
  let labels = ["person", "organization", "media", "document", "anonymous", "unattributed"]
  let weights = (0..<extractor.columnCount * labels.count).map { Float($0 % 1009) / 1009 - 0.5 }
  return Model(
    configuration: ModelConfiguration(
      task: "sourcing", labels: labels, needsTarget: false, features: features,
      learning: LogisticRegression.Configuration()),
    extractor: extractor,
    classifier: LinearClassifier(
      labelCount: labels.count, columnCount: extractor.columnCount, weights: weights,
      intercepts: [Float](repeating: 0, count: labels.count)))
}

/// Scoring of every statement, one after the other.
func scoring(_ texts: [[UInt8]], models: [Model], targets: [String] = []) throws -> Benchmark {
  let scorer = try Scorer(models: models, targets: targets)
  final class Memory { var workspace = ScoringWorkspace() }
  let memory = Memory()
  return Benchmark(statements: texts.count) {
    for text in texts { try scorer.score(text.span, place: "", workspace: &memory.workspace) }
  }
}

func benchmark(_ name: String, checkout: String) throws -> Benchmark {
  let strings = try texts(checkout)
  let texts = strings.map { Array($0.utf8) }
  switch name {
  case "segment":
    let article = Array(strings.joined(separator: " ").utf8)
    let segmenter = SentenceSegmenter()
    return Benchmark(statements: texts.count) { _ = segmenter.sentences(in: article) }
  case "tokenize":
    let tokenizer = Tokenizer()
    var tokens: [Token] = []
    return Benchmark(statements: texts.count) {
      for text in texts { tokenizer.tokenize(text.span, into: &tokens) }
    }
  case "ngrams":
    let statements = strings.enumerated().map { Statement(id: "\($0)", text: $1) }
    let configuration = FeatureExtractor.Configuration(space: .vocabulary(minimumDocuments: 1, maximumSize: 1 << 20))
    let (extractor, _) = try FeatureExtractor.fit(configuration, statements: statements)
    return Benchmark(statements: texts.count) { _ = extractor.matrix(of: statements) }
  case "score-hashed": return try scoring(texts, models: [hashedModel()])
  case "score-shipped":
    let models = try ["sourcing-en", "stance-en"].map { try Model(contentsOf: checkout + "/Models/" + $0) }
    return try scoring(texts, models: models, targets: ["the plan"])
  default: throw CocoaError(.featureUnsupported)
  }
}

let arguments = CommandLine.arguments
guard arguments.count == 4, let passes = Int(arguments[2]), passes > 0 else {
  print("usage: standpoint-suite segment|tokenize|ngrams|score-hashed|score-shipped PASSES CHECKOUT")
  exit(64)
}
let found = try benchmark(arguments[1], checkout: arguments[3])
try found.pass()
let allocations = allocation_count()
let start = threadNanoseconds()
for _ in 0..<passes { try found.pass() }
let elapsed = threadNanoseconds() - start
let allocated = allocation_count() - allocations
let count = Double(passes * found.statements)
let result = Result(
  name: arguments[1], statements: found.statements, allocations: Double(allocated) / count,
  nanoseconds: elapsed / count)
print(String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
