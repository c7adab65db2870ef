/// Canonical composition of words that hold combining marks, so that `e\u{301}` is hashed as `é`.
///
/// The standard library compares strings by canonical equivalence, so a dictionary from every precomposed letter to its
/// scalar value finds the composed form of any sequence that is equivalent to it. It is built when first needed.
/// Marks that no precomposed letter holds stay, in canonical order.
package enum Composition {
  private static let precomposed: [String: UInt32] = {
    var table: [String: UInt32] = [:]
    for block in [0xC0...0x24F, 0x370...0x58F, 0x600...0x6FF, 0x900...0xDFF, 0x1E00...0x1FFF] as [ClosedRange<UInt32>] {
      for value in block where CharacterClass(value) == .letter {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let key = String(Character(scalar))
        if table[key] == nil { table[key] = value }
      }
    }
    return table
  }()

  /// The folded and the exact hash of a word's composed form.
  static func hashes(ofWord bytes: Span<UInt8>) -> (folded: UInt64, exact: UInt64) {
    var folded = TextHasher()
    var exact = TextHasher()
    for value in composedScalars(ofWord: bytes) {
      folded.append(scalar: CharacterTable.lowercase(value))
      exact.append(scalar: value)
    }
    return (folded.finish(), exact.finish())
  }

  /// The composed form of a word as scalar values: what is hashed, with its case kept.
  package static func composedScalars(ofWord bytes: Span<UInt8>) -> [UInt32] { composed(scalars(of: bytes)) }

  /// The scalar values of a word as it is hashed: no ignorable characters, `'` for every apostrophe.
  private static func scalars(of bytes: Span<UInt8>) -> [UInt32] {
    var values: [UInt32] = []
    var index = 0
    while index < bytes.count {
      let (value, length) = UTF8Decoding.scalar(in: bytes, at: index)
      switch CharacterClass(value) {
      case .ignorable: break
      case .apostrophe: values.append(0x27)
      default: values.append(value)
      }
      index += length
    }
    return values
  }

  /// Joins each letter with the marks after it, as far as a precomposed letter exists.
  private static func composed(_ values: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    var index = 0
    while index < values.count {
      var starter = values[index]
      index += 1
      var marks: [UInt32] = []
      while index < values.count, CharacterClass(values[index]) == .mark {
        marks.append(values[index])
        index += 1
      }
      marks = ordered(marks)
      var kept: [UInt32] = []
      for mark in marks {
        if kept.isEmpty || combiningClass(kept[kept.count - 1]) < combiningClass(mark),
          let joint = precomposed[string([starter, mark])]
        {
          starter = joint
        } else {
          kept.append(mark)
        }
      }
      result.append(starter)
      result += kept
    }
    return result
  }

  /// Canonical order: by combining class, otherwise as they stand.
  private static func ordered(_ marks: [UInt32]) -> [UInt32] {
    if marks.count < 2 { return marks }
    return marks.enumerated().sorted {
      (combiningClass($0.element), $0.offset) < (combiningClass($1.element), $1.offset)
    }.map(\.element)
  }

  private static func combiningClass(_ value: UInt32) -> UInt8 {
    Unicode.Scalar(value)?.properties.canonicalCombiningClass.rawValue ?? 0
  }

  private static func string(_ values: [UInt32]) -> String {
    var text = String.UnicodeScalarView()
    for value in values { if let scalar = Unicode.Scalar(value) { text.append(scalar) } }
    return String(text)
  }
}
