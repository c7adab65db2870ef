internal import COpenBLAS

/// The few dense operations that OpenBLAS carries for this package, over row-major matrices of `Float`.
///
/// OpenBLAS's last bits depend on its thread count, so the package fixes that count at one (`setThreads`) and runs its
/// own fixed blocks in parallel instead; see `Workers`.
public enum BLAS {
  /// Sets how many threads OpenBLAS may use inside one call. Training sets 1 before its first product.
  public static func setThreads(_ count: Int) {
    precondition(count >= 1, "at least one thread is needed")
    openblas_set_num_threads(Int32(count))
  }

  /// Holds OpenBLAS to one thread and ends those that it started when it was loaded: they spin, waiting for work, and take
  /// a processor from whoever has some.
  public static func useCallingThreadOnly() {
    setThreads(1)
    openblas_end_threads()
  }

  /// How many threads OpenBLAS uses inside one call.
  public static var threads: Int { Int(openblas_get_num_threads()) }

  /// OpenBLAS's own description of its build and of the processor kernel that it chose.
  public static var description: String {
    guard let text = unsafe openblas_get_config(), let core = unsafe openblas_get_corename() else { return "OpenBLAS" }
    return unsafe String(cString: text) + " " + String(cString: core)
  }

  /// Σ x[i]·y[i].
  ///
  /// - Precondition: both vectors have the same length.
  public static func dot(_ x: [Float], _ y: [Float]) -> Float {
    precondition(x.count == y.count, "dot needs two vectors of one length, not \(x.count) and \(y.count)")
    return unsafe cblas_sdot(blasint(x.count), x, 1, y, 1)
  }

  /// Σ x[i]·y[i] over memory that the caller lends.
  ///
  /// - Precondition: both vectors have the same length.
  package static func dot(_ x: Span<Float>, _ y: Span<Float>) -> Float {
    precondition(x.count == y.count, "dot needs two vectors of one length, not \(x.count) and \(y.count)")
    return unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        guard let first = x.baseAddress, let second = y.baseAddress else { return 0 }
        return unsafe cblas_sdot(blasint(x.count), first, 1, second, 1)
      }
    }
  }

  /// y ← y + alpha·x.
  ///
  /// - Precondition: both vectors have the same length.
  public static func axpy(_ alpha: Float, _ x: [Float], into y: inout [Float]) {
    precondition(x.count == y.count, "axpy needs two vectors of one length, not \(x.count) and \(y.count)")
    unsafe cblas_saxpy(blasint(x.count), alpha, x, 1, &y, 1)
  }

  /// A·x, or Aᵀ·x with `transposed`.
  ///
  /// - Precondition: `x.count` is the number of columns of A (of rows with `transposed`).
  public static func gemv(_ a: DenseMatrix, _ x: [Float], transposed: Bool = false) -> [Float] {
    precondition(
      x.count == (transposed ? a.rowCount : a.columnCount),
      "a \(a.rowCount) × \(a.columnCount) matrix does not fit a vector of \(x.count)")
    var y = [Float](repeating: 0, count: transposed ? a.columnCount : a.rowCount)
    guard !a.values.isEmpty else { return y }
    unsafe cblas_sgemv(
      CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, blasint(a.rowCount), blasint(a.columnCount), 1, a.values,
      blasint(a.columnCount), x, 1, 0, &y, 1)
    return y
  }

  /// A·B.
  ///
  /// - Precondition: A has as many columns as B has rows.
  public static func gemm(_ a: DenseMatrix, _ b: DenseMatrix) -> DenseMatrix {
    precondition(
      a.columnCount == b.rowCount,
      "a \(a.rowCount) × \(a.columnCount) matrix does not fit one of \(b.rowCount) × \(b.columnCount)")
    var c = DenseMatrix(rowCount: a.rowCount, columnCount: b.columnCount)
    guard a.rowCount > 0, b.columnCount > 0, a.columnCount > 0 else { return c }
    unsafe cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(a.rowCount), blasint(b.columnCount), blasint(a.columnCount), 1,
      a.values, blasint(a.columnCount), b.values, blasint(b.columnCount), 0, &c.values, blasint(b.columnCount))
    return c
  }

  /// A·Aᵀ, or Aᵀ·A with `transposed`: the Gram matrix of the rows (of the columns), both triangles filled.
  public static func syrk(_ a: DenseMatrix, transposed: Bool = false) -> DenseMatrix {
    let order = transposed ? a.columnCount : a.rowCount
    let depth = transposed ? a.rowCount : a.columnCount
    var c = DenseMatrix(rowCount: order, columnCount: order)
    guard order > 0, depth > 0 else { return c }
    unsafe cblas_ssyrk(
      CblasRowMajor, CblasUpper, transposed ? CblasTrans : CblasNoTrans, blasint(order), blasint(depth), 1, a.values,
      blasint(a.columnCount), 0, &c.values, blasint(order))
    for row in 0..<order {
      for column in 0..<row { c.values[row * order + column] = c.values[column * order + row] }
    }
    return c
  }

  /// C ← C + A·B over memory that the caller lends: A is m × k, B is k × n, C is m × n, all dense row by row.
  @unsafe package static func addProduct(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>, m: Int, n: Int, k: Int
  ) {
    guard m > 0, n > 0, k > 0 else { return }
    unsafe cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(m), blasint(n), blasint(k), 1, a, blasint(k), b, blasint(n),
      1, c, blasint(n))
  }

  /// C ← C + Aᵀ·B over memory that the caller lends: A is k × m, B is k × n, C is m × n, all dense row by row.
  @unsafe package static func addTransposedProduct(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>, m: Int, n: Int, k: Int
  ) {
    guard m > 0, n > 0, k > 0 else { return }
    unsafe cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, blasint(m), blasint(n), blasint(k), 1, a, blasint(m), b, blasint(n), 1,
      c, blasint(n))
  }
}
