import Foundation
import LinearAlgebra
import Synchronization
import Testing

@Suite("BLAS")
struct BLASTests {
  let a = DenseMatrix(rowCount: 2, columnCount: 3, values: [1, 2, 3, 4, 5, 6])

  @Test("products of small matrices") func products() {
    #expect(BLAS.dot([1, 2, 3], [4, 5, 6]) == 32)
    var y: [Float] = [1, 1]
    BLAS.axpy(2, [3, 4], into: &y)
    #expect(y == [7, 9])
    #expect(BLAS.gemv(a, [1, 0, 2]) == [7, 16])
    #expect(BLAS.gemv(a, [1, 2], transposed: true) == [9, 12, 15])
    let b = DenseMatrix(rowCount: 3, columnCount: 2, values: [1, 0, 0, 1, 1, 1])
    #expect(BLAS.gemm(a, b) == DenseMatrix(rowCount: 2, columnCount: 2, values: [4, 5, 10, 11]))
    #expect(BLAS.syrk(a) == DenseMatrix(rowCount: 2, columnCount: 2, values: [14, 32, 32, 77]))
    #expect(BLAS.syrk(a, transposed: true).values == [17, 22, 27, 22, 29, 36, 27, 36, 45])
  }

  @Test("empty matrices are no error") func empty() {
    let none = DenseMatrix(rowCount: 0, columnCount: 3)
    #expect(BLAS.gemv(none, [1, 2, 3]).isEmpty)
    #expect(BLAS.gemm(none, DenseMatrix(rowCount: 3, columnCount: 2)).values.isEmpty)
  }

  @Test("the number of threads stays where it is set") func threads() {
    BLAS.setThreads(1)
    #expect(BLAS.threads == 1)
    #expect(BLAS.description.contains("OpenBLAS"))
  }
}

@Suite("Stable mathematics")
struct StableMathTests {
  @Test("large margins do not overflow") func large() {
    #expect(logSumExp([1000, 1000]) == 1000 + log(2))
    #expect(softmax([1000, 1000, -1000]) == [0.5, 0.5, 0])
    #expect(logSumExp([-Double.infinity, -.infinity]) == -.infinity)
  }

  @Test("fast exponentials and logarithms are as exact as promised") func fast() {
    for i in 0...40_000 {
      let x = -Float(i) * 0.0022
      let found = Double(exponentialOfNonpositive(SIMD4(repeating: x))[0])
      if x < -87 {
        #expect(found == 0)
      } else {
        #expect(abs(found / exp(Double(x)) - 1) < 3e-7)
      }
      let y = 1 + Float(i) * 0.001
      #expect(abs(Double(logarithmFromOne(SIMD4(repeating: y))[0]) - log(Double(y))) < 1e-7 + 2e-7 * log(Double(y)))
    }
  }
}

@Suite("Workers and fixed blocks")
struct WorkersTests {
  @Test("every block runs once", arguments: [1, 2, 5]) func once(threads: Int) {
    let counts = (0..<100).map { _ in Counter() }
    Workers(threads: threads).forEach(100) { counts[$0].value.wrappingAdd(1, ordering: .relaxed) }
    #expect(counts.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
  }

  @Test("blocks cover all rows in order and share entries evenly") func even() {
    let offsets = (0...1000).map { $0 * $0 }
    let blocks = FixedBlocks(offsets: offsets, blocks: 8)
    #expect(blocks.count == 8 && blocks.bounds.first == 0 && blocks.bounds.last == 1000)
    for block in 0..<8 {
      let entries = offsets[blocks[block].upperBound] - offsets[blocks[block].lowerBound]
      #expect(abs(entries - 125_000) < 3000)
    }
    #expect(FixedBlocks(offsets: [0, 3], blocks: 4).bounds.last == 1)
    #expect(FixedBlocks(count: 10, size: 4).bounds == [0, 4, 8, 10])
  }

  private final class Counter: Sendable {
    let value = Atomic(0)
  }
}
