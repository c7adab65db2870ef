/// What a statement's stance is taken toward, and where the statement mentions it if that is known.
package struct TargetReference: Sendable {
  /// The target's wording.
  package let pattern: TargetPattern
  /// The mention, in Unicode code points of the text; nil where it is to be found by name.
  package let span: Range<Int>?

  /// A target that may be mentioned at `span`.
  package init(pattern: TargetPattern, span: Range<Int>? = nil) {
    self.pattern = pattern
    self.span = span
  }
}
