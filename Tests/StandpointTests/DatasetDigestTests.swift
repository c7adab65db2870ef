import Corpus
import Standpoint
import Testing

@Suite("Digest of a dataset")
struct DatasetDigestTests {
  let statement = Statement(id: "1", text: "The ferry is late.", target: "ferry", labels: ["stance": "against"])

  @Test("equal data have equal digests, of 64 digits")
  func equal() {
    let digest = DatasetDigest.sha256(of: [statement], task: "stance")
    #expect(digest == DatasetDigest.sha256(of: [statement], task: "stance"))
    #expect(digest.count == 64)
  }

  @Test("a change of text, label, target or order changes the digest, another task's label does not")
  func different() {
    let digest = DatasetDigest.sha256(of: [statement], task: "stance")
    var changed = statement
    changed.text += " "
    #expect(DatasetDigest.sha256(of: [changed], task: "stance") != digest)
    changed = statement
    changed.labels["stance"] = "none"
    #expect(DatasetDigest.sha256(of: [changed], task: "stance") != digest)
    changed = statement
    changed.target = nil
    #expect(DatasetDigest.sha256(of: [changed], task: "stance") != digest)
    changed = statement
    changed.labels["sourcing"] = "person"
    #expect(DatasetDigest.sha256(of: [changed], task: "stance") == digest)
    var other = statement
    other.id = "2"
    #expect(
      DatasetDigest.sha256(of: [statement, other], task: "stance")
        != DatasetDigest.sha256(of: [other, statement], task: "stance"))
  }

  @Test("moving a character from one field to the next changes the digest")
  func framing() {
    let first = Statement(id: "1", text: "ab", target: "c")
    let second = Statement(id: "1", text: "a", target: "bc")
    #expect(DatasetDigest.sha256(of: [first], task: "t") != DatasetDigest.sha256(of: [second], task: "t"))
  }
}
