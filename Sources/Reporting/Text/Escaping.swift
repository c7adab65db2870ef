/// The codes by which a terminal sets text apart.
enum ANSI {
  /// Bold text.
  static func bold(_ text: String) -> String { "\u{1B}[1m\(text)\u{1B}[0m" }
}

/// GitHub's Markdown.
enum Markdown {
  /// `text` as it stands in a table cell: nothing in it acts as markup or ends the cell.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "|", "\\", "`", "*", "_", "[", "]", "#", "~": result += "\\\(character)"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case _ where character.isNewline: result += " "
      default: result.append(character)
      }
    }
    return result
  }
}

/// LaTeX.
enum LaTeX {
  /// `text` as words of a paragraph.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&", "%", "$", "#", "_", "{", "}": result += "\\\(character)"
      case "\\": result += "\\textbackslash{}"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "<": result += "\\textless{}"
      case ">": result += "\\textgreater{}"
      case "–": result += "--"
      case "−": result += "$-$"
      case "∞": result += "$\\infty$"
      case "…": result += "\\ldots{}"
      case "’": result += "'"
      case _ where character.isNewline: result += " "
      default: result.append(character)
      }
    }
    return result
  }
}

/// HTML and SVG.
package enum HTML {
  /// `text` for markup and attributes, scalar by scalar: a quotation mark under an accent is one all the same, although
  /// Swift takes the two for one other character.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
