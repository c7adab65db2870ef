import CPlatform
import TextProcessing

/// A table of static word vectors: for each word a direction in a space in which words of like use stand close.
///
/// Vectors are stored as 8-bit integers with one factor a row, so that element `k` of row `r` is
/// `elements[r * dimension + k] * factors[r]`. The length of a vector says how much its word tells: rare words are
/// longer than frequent ones, so that a plain sum is already a weighted one.
///
/// A model that reads word vectors carries its table with it, so that it stays whole when the table's file is moved or
/// made anew.
public struct WordVectors: Equatable, Sendable {
  /// The number of elements of each vector.
  public let dimension: Int
  /// The elements of all vectors, row by row.
  public let elements: FlatArray<Int8>
  /// What the elements of each row are multiplied by.
  public let factors: FlatArray<Float>
  /// The row of each word, by its folded hash.
  package let rows: Vocabulary

  /// The number of vectors.
  public var count: Int { factors.count }

  /// A table over words, a row each.
  ///
  /// A word is one token in small letters, as the tokenizer cuts it; a row whose word is not one token, or is that of an
  /// earlier row, is never looked up but costs nothing else.
  ///
  /// - Throws: `FeatureExtractionError.invalidState` where the parts do not fit one another.
  public init(
    words: [String], elements: FlatArray<Int8>, factors: FlatArray<Float>
  ) throws(FeatureExtractionError) {
    let tokenizer = Tokenizer()
    var seen: Set<UInt64> = []
    let keys = words.enumerated().map { row, word in
      let tokens = tokenizer.tokens(of: word)
      if tokens.count == 1, seen.insert(tokens[0].foldedHash).inserted { return tokens[0].foldedHash }
      // A key of its own, which no token has: the text holds a control character.
      return TextHash.hash("\u{1}row \(row)")
    }
    try self.init(rows: Vocabulary(keys: keys), elements: elements, factors: factors)
  }

  /// A stored table.
  init(rows: Vocabulary, elements: FlatArray<Int8>, factors: FlatArray<Float>) throws(FeatureExtractionError) {
    guard factors.count > 0, factors.count == rows.columnCount else {
      throw .invalidState(
        array: StateName.factors, problem: "has \(factors.count) elements for \(rows.columnCount) words")
    }
    guard elements.count > 0, elements.count % factors.count == 0 else {
      throw .invalidState(
        array: StateName.elements, problem: "has \(elements.count) elements, not a multiple of \(factors.count) words")
    }
    dimension = elements.count / factors.count
    self.rows = rows
    self.elements = elements
    self.factors = factors
  }

  /// Calls `body` with the row of a word, if the table has it.
  @inline(__always)
  package func row(ofFoldedWord hash: UInt64) -> Int? { rows.column(of: hash).map(Int.init) }

  /// Replaces `found` with the row of each word, -1 where the table does not have it, and asks for the vectors.
  ///
  /// Each step asks for what the next one reads, for all words, so that nothing waits for memory word by word.
  package func findRows(of words: borrowing Scratch<UInt64>, into found: inout Scratch<Int32>) {
    words.withSpan { rows.findEach(of: $0, into: &found) }
    let (elements, factors, dimension) = (elements, factors, dimension)
    found.withSpan { found in
      for index in found.indices {
        // Where a word is unknown, some vector is asked for that nobody needs.
        let row = Int(max(found[index], 0))
        factors.prefetch(row)
        for place in stride(from: 0, to: dimension, by: 64) { elements.prefetch(row &* dimension &+ place) }
      }
    }
  }

  /// Adds `weight` times the vector in `row` to `sums[start...]`.
  ///
  /// - Complexity: O(dimension).
  @inline(__always)
  package func add(row: Int, times weight: Float, to sums: inout Scratch<Float>, at start: Int) {
    precondition(row >= 0 && row < count && start >= 0 && start + dimension <= sums.count, "a vector outside its table")
    let factor = weight * factors[row]
    let first = row * dimension
    elements.withSpan { elements in
      sums.withMutableSpan { sums in
        unsafe elements.withUnsafeBufferPointer { elements in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            // Unchecked within the bounds checked above, so that the loop becomes vector instructions.
            for k in 0..<dimension { unsafe sums[start &+ k] += factor * Float(elements[first &+ k]) }
          }
        }
      }
    }
  }

  /// Adds the vectors of some of the rows that `findRows` found to `sums[start...]`, row after row.
  ///
  /// Each element is added up in the same order as by `add(row:times:to:at:)`, and to the same bits.
  ///
  /// - Complexity: O(rows · dimension).
  package func add(_ rows: borrowing Scratch<Int32>, _ range: Range<Int>, to sums: inout Scratch<Float>, at start: Int)
  {
    precondition(start >= 0 && start + dimension <= sums.count, "a vector outside its sums")
    var largest: Int32 = -1
    for index in range { largest = max(largest, rows[index]) }
    precondition(Int(largest) < count, "a vector outside its table")
    elements.withSpan { elements in
      factors.withSpan { factors in
        rows.withSpan { rows in
          sums.withMutableSpan { sums in
            unsafe elements.withUnsafeBufferPointer { elements in
              unsafe factors.withUnsafeBufferPointer { factors in
                unsafe rows.withUnsafeBufferPointer { rows in
                  unsafe sums.withUnsafeMutableBufferPointer { sums in
                    guard let table = elements.baseAddress, let factors = factors.baseAddress,
                      let rows = rows.baseAddress, let sums = sums.baseAddress
                    else { return }
                    unsafe platform_add_rows(
                      table, factors, dimension, rows + range.lowerBound, range.count, sums + start)
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// The names of the stored arrays.
  enum StateName {
    static let rows = "word_vectors.rows"
    static let displacements = "word_vectors.displacements"
    static let elements = "word_vectors.elements"
    static let factors = "word_vectors.factors"
  }

  /// The arrays in which a model stores the table.
  var state: [String: StateArray] {
    rows.state(slots: StateName.rows, displacements: StateName.displacements).merging([
      StateName.elements: .int8(elements), StateName.factors: .float32(factors),
    ]) { $1 }
  }

  /// The table of a stored model.
  ///
  /// - Throws: `FeatureExtractionError.invalidState` where an array is missing or does not fit.
  init(state: [String: StateArray]) throws(FeatureExtractionError) {
    guard case .int8(let elements)? = state[StateName.elements] else {
      throw .invalidState(array: StateName.elements, problem: "is missing")
    }
    guard case .float32(let factors)? = state[StateName.factors] else {
      throw .invalidState(array: StateName.factors, problem: "is missing")
    }
    let rows = try Vocabulary(
      state: state, slots: StateName.rows, displacements: StateName.displacements, columnCount: factors.count)
    try self.init(rows: rows, elements: elements, factors: factors)
  }
}
