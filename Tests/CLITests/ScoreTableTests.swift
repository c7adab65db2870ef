import Foundation
import TestSupport
import Testing

/// The table that `score --format csv` writes.
@Suite struct ScoreTableTests {
  /// The cells of a table without line breaks and doubled quotes.
  private func cells(_ outcome: Outcome) -> [[String]] {
    outcome.text.split(separator: "\r\n").map { line in
      var cells = [""]
      var isQuoted = false
      for character in line {
        if character == "\"" {
          isQuoted.toggle()
        } else if character == ",", !isQuoted {
          cells.append("")
        } else {
          cells[cells.count - 1].append(character)
        }
      }
      return cells
    }
  }

  @Test("every row has every column, whatever its target and whether it could be read")
  func everyColumn() throws {
    let folder = try TemporaryFolder()
    let rows = [
      #"{"id":"own","text":"It rained.","target":"the dam"}"#, #"{"id":"both","text":"It rained."}"#,
      #"{"id":"bad","text":5}"#, #"{"id":"empty","text":""}"#,
    ]
    let path = try folder.write(rows.joined(separator: "\n"), to: "rows.jsonl")
    let models = ["--model", try Fixtures.sourcingModel(), "--model", try Fixtures.stanceModel()]
    let outcome = try Binary.run(
      ["score", path, "--target", "the tram", "--target", "the quay", "--format", "csv"] + models)
    let table = cells(outcome)
    try #require(table.count == 5)
    let header = table[0]
    #expect(header.first == "id" && header.last == "error")
    #expect(Set(header).count == header.count)
    #expect(table.allSatisfy { $0.count == header.count }, "\(outcome.text)")
    func value(_ row: Int, _ column: String) throws -> String {
      table[row][try #require(header.firstIndex(of: column))]
    }
    #expect(try value(1, "stance_1_target") == "the dam")
    #expect(try value(1, "stance_2") == "" && value(1, "stance_2_target") == "")
    #expect(try value(2, "stance_1_target") == "the tram" && value(2, "stance_2_target") == "the quay")
    #expect(try value(3, "id") == "bad" && value(3, "text") == "" && value(3, "sourcing") == "")
    #expect(try value(3, "error").contains("invalid value"))
    #expect(try value(2, "error") == "" && value(4, "sourcing") == "abstain")

    // The table is one that the product reads.
    let written = try folder.write(outcome.output, to: "scored.csv")
    let check = try Binary.run(["data", "check", written])
    #expect(!(check.text + check.errors).contains("number of fields"), "\(check.text)")
    #expect(try Binary.run(["data", "convert", written]).lines.count == 4)
  }

  @Test("rows of several files name their file, and articles that could not be read have all columns")
  func severalFiles() throws {
    let folder = try TemporaryFolder()
    let files = try ["a", "b"].map { try folder.write("It rained.\n", to: "\($0).txt") }
    let model = ["--model", try Fixtures.sourcingModel(), "--format", "csv"]
    let lines = cells(try Binary.run(["score"] + files + ["--input", "lines"] + model))
    #expect(lines.first?.prefix(3) == ["id", "file", "text"])
    #expect(lines.dropFirst().map { Array($0[..<2]) } == files.map { ["1", $0] })

    let empty = try folder.write("", to: "empty.txt")
    let articles = cells(try Binary.run(["score", files[0], empty] + model))
    #expect(articles.first?.prefix(5) == ["document", "sentence", "start", "end", "text"])
    #expect(articles.count == 3 && Set(articles.map(\.count)).count == 1)
    #expect(articles.last?.first == empty && articles.last?.last?.contains("the file is empty") == true)
  }
}
