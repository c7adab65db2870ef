package import Corpus

extension JSONValue {
  /// Every scalar of a tree with its path (`classifier.c`, `ngrams.0`), by path; a tree that is a scalar has none.
  package var flattened: [(path: String, value: String)] {
    var pairs: [(path: String, value: String)] = []
    flatten("", into: &pairs)
    return pairs
  }

  private func flatten(_ path: String, into pairs: inout [(path: String, value: String)]) {
    let prefix = path.isEmpty ? "" : path + "."
    switch self {
    case .object(let members):
      for (name, value) in members.sorted(by: { $0.key < $1.key }) { value.flatten(prefix + name, into: &pairs) }
    case .array(let elements):
      for (index, element) in elements.enumerated() { element.flatten(prefix + String(index), into: &pairs) }
    default:
      if !path.isEmpty, let text = scalarText { pairs.append((path, text)) }
    }
  }
}
