import CPlatform
public import Corpus
import LinearAlgebra

extension FeatureExtractor {
  /// The features of statements, a row each.
  ///
  /// - Complexity: one pass over the text; the memory of the matrix and a little more.
  public func matrix(of statements: [Statement], threads: Int = 1) -> FeatureMatrix {
    var statements = statements
    return matrix(of: &statements, surroundings: surroundings(of: statements), threads: threads)
  }

  /// What the article around each statement tells about it; nil where the configuration does not ask.
  package func surroundings(of statements: [Statement]) -> ArticleSurroundings? {
    guard configuration.sourcing?.surroundings != nil, let lexicon = families.sourcing?.lexicon else { return nil }
    return ArticleSurroundings(of: statements, lexicon: lexicon)
  }

  /// What the sentences of an article, at `ranges` in `bytes`, tell about each other; nil where the configuration does
  /// not ask.
  package func surroundings(ofSentences ranges: [Range<Int>], in bytes: Span<UInt8>) -> ArticleSurroundings? {
    guard configuration.sourcing?.surroundings != nil, let lexicon = families.sourcing?.lexicon else { return nil }
    return ArticleSurroundings(sentences: ranges, in: bytes, lexicon: lexicon)
  }

  /// The features of statements with the surroundings that are given.
  ///
  /// - Parameter letsGo: whether each statement is emptied as soon as it is read, so that it and its row are never both
  ///   held.
  func matrix(
    of statements: inout [Statement], lettingGo letsGo: Bool = false, surroundings: ArticleSurroundings?, threads: Int,
    progress: WorkProgress = .ignored
  ) -> FeatureMatrix {
    let blocks = FixedBlocks(count: statements.count, size: 512)
    let workers = Workers(threads: threads)
    var parts = [RowBlock](repeating: RowBlock(), count: min(blocks.count, 4 * threads))
    var rows = RowBlock()
    var offsets = [0]
    offsets.reserveCapacity(statements.count + 1)
    let textSize = statements.reduce(0) { $0 + $1.text.utf8.count + 1 }
    var sizeRead = 0
    var sizeReleased = 0
    for first in stride(from: 0, to: blocks.count, by: parts.count) {
      let here = first..<min(first + parts.count, blocks.count)
      unsafe parts.withUnsafeMutableBufferPointer { parts in
        workers.forEach(here.count) { place in
          let block = blocks[first + place]
          unsafe write(statements[block], surroundings: surroundings, to: &parts[place])
        }
      }
      let read = blocks[here.lowerBound].lowerBound..<blocks[here.upperBound - 1].upperBound
      for index in read {
        sizeRead += statements[index].text.utf8.count + 1
        if letsGo { statements[index] = Statement(id: "", text: "") }
      }
      // Sixteen times at most, or where it is worth a look at all that is free.
      if letsGo, sizeRead - sizeReleased > max(1 << 21, textSize / 16) || here.upperBound == blocks.count {
        platform_release_memory()
        sizeReleased = sizeRead
      }
      for part in parts[..<here.count] {
        for count in part.entryCounts { offsets.append(offsets[offsets.count - 1] + count) }
        // What all will need if the rest is like what was read, so that arrays hardly ever move; room that is never
        // written to takes no memory.
        let share = 1.1 * Double(textSize) / Double(sizeRead)
        rows.append(part, reserving: share)
      }
      progress.update(Double(read.upperBound) / Double(statements.count))
    }
    return FeatureMatrix(
      sparse: SparseMatrix(columnCount: columnCount, offsets: offsets, columns: rows.columns, values: rows.values),
      dense: denseColumnCount == 0
        ? nil : DenseMatrix(rowCount: statements.count, columnCount: denseColumnCount, values: rows.dense))
  }

  /// Consecutive rows.
  private struct RowBlock: Sendable {
    var entryCounts: [Int] = []
    var columns: [UInt32] = []
    var values: [Float] = []
    var dense: [Float] = []

    mutating func removeAll() {
      entryCounts.removeAll(keepingCapacity: true)
      columns.removeAll(keepingCapacity: true)
      values.removeAll(keepingCapacity: true)
      dense.removeAll(keepingCapacity: true)
    }

    /// Appends the entries of other rows; where they do not fit, makes room for `share` times what is there then.
    mutating func append(_ part: RowBlock, reserving share: Double) {
      let entries = columns.count + part.columns.count
      if entries > columns.capacity || entries > values.capacity {
        columns.reserveCapacity(Int(share * Double(entries)) + 1)
        values.reserveCapacity(Int(share * Double(entries)) + 1)
      }
      if dense.count + part.dense.count > dense.capacity {
        dense.reserveCapacity(Int(share * Double(dense.count + part.dense.count)) + 1)
      }
      columns += part.columns
      values += part.values
      dense += part.dense
    }
  }

  private func write(_ statements: ArraySlice<Statement>, surroundings: ArticleSurroundings?, to rows: inout RowBlock) {
    var emitter = StatementEmitter()
    var workspace = FeatureWorkspace()
    var assembler = RowAssembler()
    rows.removeAll()
    for (index, statement) in zip(statements.indices, statements) {
      surroundings?.load(index, into: &workspace)
      emitter.emit(statement, extractor: self, into: &workspace)
      assembler.assemble(workspace.features, for: self)
      for index in 0..<assembler.columns.count {
        rows.columns.append(assembler.columns[index])
        rows.values.append(assembler.values[index])
      }
      rows.entryCounts.append(assembler.columns.count)
      for index in 0..<denseColumnCount { rows.dense.append(workspace.dense.row[index]) }
    }
  }
}
