import Foundation
import TestSupport
import Testing

/// `standpoint explain`.
@Suite struct ExplainTests {
  private let text = "“Naïve 😀”: the tram line will serve everyone, said Ada Brenn."

  @Test("shares add up to the score and spans are code points into the text")
  func json() throws {
    let outcome = try Binary.run([
      "explain", text, "--model", try Fixtures.stanceModel(), "--target", "the tram line", "--format", "json",
    ])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let explanation = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    func number(_ name: String) throws -> Double { try #require(explanation[name] as? Double) }
    let scalars = Array(text.unicodeScalars)
    func sum(_ name: String) throws -> Double {
      var sum = 0.0
      for share in try #require(explanation[name] as? [[String: Any]]) {
        let (start, end) = (try #require(share["start"] as? Int), try #require(share["end"] as? Int))
        #expect(String(String.UnicodeScalarView(scalars[start..<end])) == share["text"] as? String)
        sum += try #require(share["share"] as? Double)
      }
      return sum
    }
    let rest = try number("intercept") + number("target_vectors")
    let (tokens, features, score) = (try sum("tokens"), try sum("features"), try number("score"))
    #expect(abs(rest + (try number("whole")) + tokens - score) < 1e-4)
    #expect(abs(rest + features - score) < 1e-4)
    #expect(explanation["target"] as? String == "the tram line")
  }

  @Test("text shows the statement as it is, the words with their shares, their sum, and the strongest features")
  func plain() throws {
    let outcome = try Binary.run(["explain", text, "--model", try Fixtures.sourcingModel(), "--label", "person"])
    #expect(outcome.exitCode == 0)
    #expect(outcome.lines[0].hasPrefix("sourcing: person, probability 0."))
    #expect(outcome.lines.contains(text))
    #expect(outcome.text.contains("(before reading)") && outcome.text.contains("  score\n"))
    #expect(outcome.text.contains("The strongest of"))
    #expect(!outcome.text.contains("\u{1B}"))
  }

  @Test("control characters of the statement never reach the terminal")
  func controlCharacters() throws {
    let outcome = try Binary.run(["explain", "It \u{1B}[31mopened\u{7}.", "--model", try Fixtures.sourcingModel()])
    #expect(outcome.exitCode == 0)
    #expect(!outcome.output.contains(0x1B) && !outcome.output.contains(7))
  }

  @Test("nothing to read is said so, and is no crash", arguments: ["", "  "])
  func empty(text: String) throws {
    let outcome = try Binary.run(["explain", text, "--model", try Fixtures.sourcingModel()])
    #expect(outcome.exitCode == 0 && !outcome.wasKilled)
    #expect(outcome.text.contains("nothing to read"))
  }

  @Test("a label that the model lacks is named beside those it has; a stance needs a target")
  func refusals() throws {
    let label = try Binary.run(["explain", text, "--model", try Fixtures.sourcingModel(), "--label", "oracle"])
    #expect(label.exitCode == 64 && label.errors.contains("oracle") && label.errors.contains("person"))
    let target = try Binary.run(["explain", text, "--model", try Fixtures.stanceModel()])
    #expect(target.exitCode == 64 && target.errors.contains("--target"))
  }

  @Test("a second model or target is refused, not the first one forgotten", arguments: ["--model", "--target"])
  func second(option: String) throws {
    let arguments = ["--model", try Fixtures.stanceModel(), "--target", "the dam", option, "another"]
    for command in [["explain", text], ["evaluate", try Fixtures.data()]] {
      let outcome = try Binary.run(command + arguments, environment: try Fixtures.runs())
      #expect(outcome.exitCode == 64 && outcome.errors.contains("\(option): expected one"), "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }
}
