public import Corpus
import Crypto
import FoundationEssentials

/// The SHA-256 of statements: equal for equal data, whatever file format they came in.
public enum DatasetDigest {
  /// The digest of statements in their order, with the labels of one task.
  ///
  /// Every field goes in with its length before it, so that no two lists of statements look alike.
  public static func sha256(of statements: [Statement], task: String) -> String {
    var hash = SHA256()
    func add(_ text: String?) {
      guard let text else { return hash.update(data: Data("-;".utf8)) }
      hash.update(data: Data("\(text.utf8.count);".utf8))
      hash.update(data: Data(text.utf8))
    }
    for statement in statements {
      add(statement.id)
      add(statement.text)
      add(statement.target)
      add(statement.targetSpan.map { "\($0.lowerBound)..<\($0.upperBound)" })
      add(statement.group)
      add(statement.labels[task])
      add(statement.weight == 1 ? nil : "\(statement.weight)")
    }
    let digits = Array("0123456789abcdef")
    return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
