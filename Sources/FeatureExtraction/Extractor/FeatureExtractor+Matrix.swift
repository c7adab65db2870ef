public import Corpus
import LinearAlgebra
import Synchronization

extension FeatureExtractor {
  /// The features of statements, a row each.
  ///
  /// - Complexity: one pass over the text; the memory of the matrix and a little more.
  public func matrix(of statements: [Statement], threads: Int = 1) -> FeatureMatrix {
    let blocks = FixedBlocks(count: statements.count, size: 2048)
    let parts = Mutex([RowBlock?](repeating: nil, count: blocks.count))
    Workers(threads: threads).forEach(blocks.count) { block in
      let part = rows(of: statements[blocks[block]])
      parts.withLock { $0[block] = part }
    }
    return FeatureMatrix(sparse: parts.withLock { joined(&$0, rowCount: statements.count) })
  }

  /// Consecutive rows.
  private struct RowBlock: Sendable {
    var entryCounts: [Int] = []
    var columns: [UInt32] = []
    var values: [Float] = []
  }

  private func rows(of statements: ArraySlice<Statement>) -> RowBlock {
    var emitter = StatementEmitter()
    var workspace = FeatureWorkspace()
    var assembler = RowAssembler()
    var rows = RowBlock()
    rows.entryCounts.reserveCapacity(statements.count)
    for statement in statements {
      emitter.emit(statement, extractor: self, into: &workspace)
      assembler.assemble(workspace.features, for: self)
      for index in 0..<assembler.columns.count {
        rows.columns.append(assembler.columns[index])
        rows.values.append(assembler.values[index])
      }
      rows.entryCounts.append(assembler.columns.count)
    }
    return rows
  }

  /// Joins blocks of rows, letting go of each as soon as it is copied.
  private func joined(_ parts: inout [RowBlock?], rowCount: Int) -> SparseMatrix {
    var offsets = [0]
    offsets.reserveCapacity(rowCount + 1)
    for part in parts { for count in part?.entryCounts ?? [] { offsets.append(offsets[offsets.count - 1] + count) } }
    var columns: [UInt32] = []
    var values: [Float] = []
    columns.reserveCapacity(offsets[rowCount])
    values.reserveCapacity(offsets[rowCount])
    for index in parts.indices {
      columns += parts[index]?.columns ?? []
      values += parts[index]?.values ?? []
      parts[index] = nil
    }
    return SparseMatrix(columnCount: columnCount, offsets: offsets, columns: columns, values: values)
  }
}
