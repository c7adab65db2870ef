internal import TextProcessing

/// What two texts have in common that differ only in white space and in the case of letters: 128 bits that stand for the
/// folded text, so that large corpora are compared without keeping their texts.
package struct TextFingerprint: Hashable, Comparable, Sendable {
  let high: UInt64
  let low: UInt64

  package static func < (a: TextFingerprint, b: TextFingerprint) -> Bool { (a.high, a.low) < (b.high, b.low) }

  /// The fingerprint of a name, byte by byte; never that of texts.
  init(exactly name: String) {
    var first = TextHasher()
    var second = TextHasher()
    second.append(0x2C)
    for byte in name.utf8 {
      first.append(byte)
      second.append(byte)
    }
    high = first.finish()
    low = second.finish()
  }

  /// The fingerprint of texts in their order; nil differs from an empty text.
  package init(_ texts: String?...) {
    var first = TextHasher()
    var second = TextHasher()
    second.append(0x2B)
    func add(_ scalar: UInt32) {
      first.append(scalar: scalar)
      second.append(scalar: scalar)
    }
    for text in texts {
      var pendingSpace = false
      var isEmpty = true
      for scalar in (text ?? "").unicodeScalars {
        if scalar.properties.isWhitespace {
          pendingSpace = !isEmpty
          continue
        }
        if pendingSpace { add(0x20) }
        pendingSpace = false
        isEmpty = false
        add(CharacterTable.lowercase(scalar.value))
      }
      // Control characters that no folded text begins with keep the texts apart.
      add(text == nil ? 0x1E : 0x1F)
    }
    high = first.finish()
    low = second.finish()
  }
}
