internal import TextProcessing

/// The corpora that are published as tables.
extension PublicCorpus {
  /// Tab-separated without quoting, Latin-1. Six bytes of two tweets are a dash that was mangled before the release. The
  /// hashtag `#SemST` was appended by the organisers after annotation, and is taken away.
  static func semEval2016(_ path: String) throws(CorpusError) -> [Statement] {
    let mangledDash: [UInt8] = [0xCD, 0xA2, 0x91, 0x84, 0x91, 0xEE]
    var table = try ImportedTable(
      path, separator: "\t", quoting: false, needed: ["ID", "Target", "Tweet", "Stance"])
    var statements: [Statement] = []
    while try table.advance() {
      let tweet = table.latin1Text("Tweet", replacing: mangledDash, by: "–")
      statements.append(
        Statement(
          id: try table.text("ID"), text: String(removing("#SemST", from: tweet)), target: try table.text("Target"),
          labels: ["stance": try table.label("Stance", ["FAVOR": "favor", "AGAINST": "against", "NONE": "none"])]))
    }
    return statements
  }

  /// The gold label is the largest of three probabilities; rows without them are the crowd's screening questions. The
  /// probabilities are kept as attributes, since eight annotators often disagree.
  static func gwStance(_ path: String, split: String?) throws(CorpusError) -> [Statement] {
    let columns = [("agree", "favor"), ("disagree", "against"), ("neutral", "none")]
    var table = try ImportedTable(
      path, separator: "\t",
      needed: ["sent_id", "sentence", "agree", "disagree", "neutral", "guid", "in_held_out_test"])
    var statements: [Statement] = []
    while try table.advance() {
      if try table.text("sent_id").hasPrefix("s") { continue }
      let part = try table.text("in_held_out_test") == "True" ? "test" : "train"
      if let split, split != part { continue }
      var statement = Statement(
        id: try table.text("guid"), text: try table.text("sentence"), target: "climate change is a serious concern")
      var largest = -Double.infinity
      for (column, label) in columns {
        let text = try table.text(column)
        guard let probability = Double(text) else {
          throw CorpusError(
            .invalidValue, file: path, line: table.line, column: column, expected: "a probability", found: "“\(text)”")
        }
        statement.attributes["p_" + label] = text
        if probability > largest {
          largest = probability
          statement.labels["stance"] = label
        }
      }
      statements.append(statement)
    }
    return statements
  }

  /// The statement is the body, the target the headline. Bodies and stances come in two files, in any order.
  static func fnc1(_ paths: [String]) throws(CorpusError) -> [Statement] {
    var bodies: [String: String] = [:]
    var stances: [ImportedTable] = []
    for path in paths {
      var table = try ImportedTable(path, needed: ["Body ID"])
      if !table.has("articleBody") {
        stances.append(try ImportedTable(path, needed: ["Headline", "Body ID", "Stance"]))
        continue
      }
      while try table.advance() { bodies[try table.text("Body ID")] = try table.text("articleBody") }
    }
    guard !stances.isEmpty, !bodies.isEmpty else {
      throw CorpusError(
        .unsuitableData, file: paths.first, expected: "two files, one of stances and one of bodies",
        found: stances.isEmpty ? "no stances" : "no bodies", mend: "name both files")
    }
    var statements: [Statement] = []
    for var table in stances {
      while try table.advance() {
        let body = try table.text("Body ID")
        guard let text = bodies[body] else {
          throw CorpusError(
            .invalidValue, file: table.path, line: table.line, column: "Body ID", expected: "the ID of a body",
            found: "“\(body)”", mend: "name the bodies that belong to these stances")
        }
        statements.append(
          Statement(
            id: "\(table.stem)#\(table.row)", text: text, target: try table.text("Headline"), group: body,
            labels: [
              "fnc": try table.label(
                "Stance",
                ["agree": "agree", "disagree": "disagree", "discuss": "discuss", "unrelated": "unrelated"])
            ]))
      }
    }
    return statements
  }

  /// Comments recur with many topics, so each comment is a group.
  static func vast(_ path: String) throws(CorpusError) -> [Statement] {
    var table = try ImportedTable(path, needed: ["seen?"])
    // A copy of the development part is known under other names of its columns.
    let names =
      table.has("post")
      ? (text: "post", target: "topic_str", label: "label") : (text: "Tweet", target: "Target", label: "Stance")
    if !table.has(names.text) || !table.has(names.target) || !table.has(names.label) {
      table = try ImportedTable(path, needed: ["post", "topic_str", "label", "seen?"])
    }
    var statements: [Statement] = []
    while try table.advance() {
      let text = try table.text(names.text)
      statements.append(
        Statement(
          id: "\(table.stem)#\(table.row)", text: text, target: try table.text(names.target),
          group: "comment-" + String(TextHash.hash(text), radix: 16),
          labels: ["stance": try table.label(names.label, ["1": "favor", "0": "against", "2": "none"])],
          attributes: ["seen": try table.text("seen?")]))
    }
    return statements
  }

  static func pStance(_ path: String) throws(CorpusError) -> [Statement] {
    var table = try ImportedTable(path, needed: ["Tweet", "Target", "Stance"])
    var statements: [Statement] = []
    while try table.advance() {
      statements.append(
        Statement(
          id: "\(table.stem)#\(table.row)", text: try table.text("Tweet"), target: try table.text("Target"),
          labels: ["stance": try table.label("Stance", ["FAVOR": "favor", "AGAINST": "against", "NONE": "none"])]))
    }
    return statements
  }

  /// The target is the motion, toward which the stance was annotated; the official split is by topic.
  static func ibmClaimStance(_ path: String, split: String?) throws(CorpusError) -> [Statement] {
    var table = try ImportedTable(
      path,
      needed: [
        "topicId", "split", "topicText", "topicTarget", "claims.claimId", "claims.stance", "claims.claimCorrectedText",
      ])
    var statements: [Statement] = []
    while try table.advance() {
      let part = try table.text("split")
      if let split, split != part { continue }
      statements.append(
        Statement(
          id: try table.text("claims.claimId"), text: try table.text("claims.claimCorrectedText"),
          target: try table.text("topicText"), group: try table.text("topicId"),
          labels: ["stance": try table.label("claims.stance", ["PRO": "favor", "CON": "against"])],
          attributes: ["split": part, "topic_target": try table.text("topicTarget")]))
    }
    return statements
  }

  /// The statement is the article's headline, the target the claim.
  static func emergent(_ path: String) throws(CorpusError) -> [Statement] {
    var table = try ImportedTable(
      path, needed: ["claimHeadline", "articleHeadline", "articleHeadlineStance", "claimId"])
    var statements: [Statement] = []
    while try table.advance() {
      statements.append(
        Statement(
          id: "\(table.stem)#\(table.row)", text: try table.text("articleHeadline"),
          target: try table.text("claimHeadline"), group: try table.text("claimId"),
          labels: [
            "stance": try table.label(
              "articleHeadlineStance", ["for": "favor", "against": "against", "observing": "none"])
          ]))
    }
    return statements
  }

  /// Text without a word, and without the white space that its going leaves at the ends.
  private static func removing(_ word: String, from text: String) -> Substring {
    text.replacing(word, with: "").trimming(while: \.isWhitespace)[...]
  }
}
