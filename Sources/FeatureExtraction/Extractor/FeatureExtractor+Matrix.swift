public import Corpus
import LinearAlgebra
import Synchronization

extension FeatureExtractor {
  /// The features of statements, a row each.
  ///
  /// - Complexity: one pass over the text; the memory of the matrix and a little more.
  public func matrix(of statements: [Statement], threads: Int = 1) -> FeatureMatrix {
    matrix(of: statements, surroundings: surroundings(of: statements), threads: threads)
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
  func matrix(
    of statements: [Statement], surroundings: ArticleSurroundings?, threads: Int,
    progress: WorkProgress = .ignored
  ) -> FeatureMatrix {
    let blocks = FixedBlocks(count: statements.count, size: 2048)
    let parts = Mutex([RowBlock?](repeating: nil, count: blocks.count))
    Workers(threads: threads).forEach(blocks.count, progress: progress) { block in
      let part = rows(of: statements[blocks[block]], surroundings: surroundings)
      parts.withLock { $0[block] = part }
    }
    return parts.withLock { joined(&$0, rowCount: statements.count) }
  }

  /// Consecutive rows.
  private struct RowBlock: Sendable {
    var entryCounts: [Int] = []
    var columns: [UInt32] = []
    var values: [Float] = []
    var dense: [Float] = []
  }

  private func rows(of statements: ArraySlice<Statement>, surroundings: ArticleSurroundings?) -> RowBlock {
    var emitter = StatementEmitter()
    var workspace = FeatureWorkspace()
    var assembler = RowAssembler()
    var rows = RowBlock()
    rows.entryCounts.reserveCapacity(statements.count)
    rows.dense.reserveCapacity(statements.count * denseColumnCount)
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
    return rows
  }

  /// Joins blocks of rows, letting go of each as soon as it is copied.
  private func joined(_ parts: inout [RowBlock?], rowCount: Int) -> FeatureMatrix {
    var offsets = [0]
    offsets.reserveCapacity(rowCount + 1)
    for part in parts { for count in part?.entryCounts ?? [] { offsets.append(offsets[offsets.count - 1] + count) } }
    var columns: [UInt32] = []
    var values: [Float] = []
    var dense: [Float] = []
    columns.reserveCapacity(offsets[rowCount])
    values.reserveCapacity(offsets[rowCount])
    dense.reserveCapacity(rowCount * denseColumnCount)
    for index in parts.indices {
      columns += parts[index]?.columns ?? []
      values += parts[index]?.values ?? []
      dense += parts[index]?.dense ?? []
      parts[index] = nil
    }
    return FeatureMatrix(
      sparse: SparseMatrix(columnCount: columnCount, offsets: offsets, columns: columns, values: values),
      dense: denseColumnCount == 0
        ? nil : DenseMatrix(rowCount: rowCount, columnCount: denseColumnCount, values: dense))
  }
}
