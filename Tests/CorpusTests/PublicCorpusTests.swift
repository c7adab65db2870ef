import Corpus
import TestSupport
import Testing

/// Invented files in the form of the published ones.
@Suite("PublicCorpus")
struct PublicCorpusTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("SemEval-2016: no quoting, Latin-1, the mangled dash mended, the organisers' hashtag gone")
  func semEval2016() throws {
    let header = Array("ID\tTarget\tTweet\tStance\r\n".utf8)
    let row = Array("7\tDams\t\"Dams hold".utf8) + [0xCD, 0xA2, 0x91, 0x84, 0x91, 0xEE] + Array("caf".utf8) + [0xE9]
    try folder.write(header + row + Array(" #dams #SemST\tAGAINST\r\n".utf8), to: "semeval2016-task6-trainingdata.txt")
    try folder.write(header + Array("1\tDams\tFine #SemST\tNONE\n".utf8), to: "semeval2016-task6-trialdata.txt")
    let statements = try PublicCorpus.semEval2016.statements(inFolder: folder.path, split: "train")
    #expect(
      statements == [
        Statement(id: "1", text: "Fine", target: "Dams", labels: ["stance": "none"], attributes: ["split": "train"]),
        Statement(
          id: "7", text: "\"Dams hold–café #dams", target: "Dams", labels: ["stance": "against"],
          attributes: ["split": "train"]),
      ])
  }

  @Test("NewsMTSC: one statement a target, polarity as stance, the article as group")
  func newsMTSC() throws {
    let path = try folder.write(
      """
      {"primary_gid": "x", "sentence_normalized": "É. Ada met Bo.", "targets": [\
      {"Input.gid": "polusa_v1_9_-1_3_Ada_3_6", "from": 3, "to": 6, "mention": "Ada", "polarity": 6.0, "further_mentions": []}, \
      {"Input.gid": "polusa_v1_9_-1_3_Bo_11_13", "from": 11, "to": 13, "mention": "Bo", "polarity": 2.0}]}

      """, to: "train.jsonl")
    let statements = try PublicCorpus.newsMTSC.statements(fromFiles: [path])
    #expect(
      statements == [
        Statement(
          id: "polusa_v1_9_-1_3_Ada_3_6", text: "É. Ada met Bo.", target: "Ada", targetSpan: 3..<6,
          group: "polusa_v1_9", labels: ["stance": "favor"]),
        Statement(
          id: "polusa_v1_9_-1_3_Bo_11_13", text: "É. Ada met Bo.", target: "Bo", targetSpan: 11..<13,
          group: "polusa_v1_9", labels: ["stance": "against"]),
      ])
    for (bad, column) in [("\"to\": 60", "to"), ("\"to\": 2", "target_span")] {
      let text = "{\"sentence_normalized\":\"Ada met Bo.\",\"targets\":[{\"Input.gid\":\"a\",\"from\":3,\(bad),"
      let broken = try folder.write(text + "\"mention\":\"Ada\",\"polarity\":4.0}]}", to: "broken.jsonl")
      let error = #expect(throws: CorpusError.self) {
        _ = try PublicCorpus.newsMTSC.statements(fromFiles: [broken])
      }
      #expect(error?.column == column)
      #expect(error?.line == 1)
    }
  }

  @Test("GWStance: the likeliest label, its distribution as attributes, no screening rows, the held-out part apart")
  func gwStance() throws {
    let path = try folder.write(
      """
      \tround\tbatch\tsent_id\tsentence\tdisagree\tagree\tneutral\tguid\tin_held_out_test
      0\t1\t0\ts0\tScreen.\t\t\t\t1_0_s0\tFalse
      1\t1\t0\tt1\t"Seas ""rise""."\t0.1\t0.7\t0.2\t1_0_t1\tFalse
      2\t1\t0\tt2\tNo.\t0.6\t0.1\t0.3\t1_0_t2\tTrue

      """, to: "GWSD.tsv")
    let all = try PublicCorpus.gwStance.statements(fromFiles: [path])
    #expect(all.map(\.id) == ["1_0_t1", "1_0_t2"])
    #expect(all.map(\.labels) == [["stance": "favor"], ["stance": "against"]])
    #expect(all[0].text == "Seas \"rise\".")
    #expect(all[0].attributes == ["p_favor": "0.7", "p_against": "0.1", "p_none": "0.2"])
    #expect(try PublicCorpus.gwStance.statements(inFolder: folder.path, split: "train").map(\.id) == ["1_0_t1"])
    #expect(try PublicCorpus.gwStance.statements(inFolder: folder.path, split: "test").map(\.id) == ["1_0_t2"])
  }

  @Test("FNC-1: the body as text, the headline as target, a task of its own")
  func fnc1() throws {
    try folder.write("Headline,Body ID,Stance\n\"A, b\",4,discuss\nC,4,unrelated\n", to: "train_stances.csv")
    try folder.write("Body ID,articleBody\n4,\"One.\n\nTwo.\"\n", to: "train_bodies.csv")
    let statements = try PublicCorpus.fnc1.statements(inFolder: folder.path, split: "train")
    #expect(statements.map(\.text) == ["One.\n\nTwo.", "One.\n\nTwo."])
    #expect(statements.map(\.target) == ["A, b", "C"])
    #expect(statements.map(\.group) == ["4", "4"])
    #expect(statements.map(\.labels) == [["fnc": "discuss"], ["fnc": "unrelated"]])
    let error = #expect(throws: CorpusError.self) {
      _ = try PublicCorpus.fnc1.statements(fromFiles: [folder.file("train_stances.csv")])
    }
    #expect(error?.message.contains("no bodies") == true)
    try folder.write("Headline,Body ID,Stance\nA,5,discuss\n", to: "train_stances.csv")
    let missing = #expect(throws: CorpusError.self) {
      _ = try PublicCorpus.fnc1.statements(inFolder: folder.path, split: "train")
    }
    #expect(missing?.line == 2)
  }

  @Test("VAST: both headers, the topic as target, the comment as group")
  func vast() throws {
    try folder.write(
      "author,post,label,topic_str,seen?\nx,A comment.,1,tea,0\nx,A comment.,0,milk,1\n", to: "vast_test.csv")
    try folder.write("Tweet,Target,Stance,seen?\r\nA comment.,tea,2,1\r\n", to: "vast_dev_4col.csv")
    let test = try PublicCorpus.vast.statements(inFolder: folder.path, split: "test")
    #expect(test.map(\.target) == ["tea", "milk"])
    #expect(test.map(\.labels) == [["stance": "favor"], ["stance": "against"]])
    #expect(test.map { $0.attributes["seen"] } == ["0", "1"])
    #expect(test[0].group != nil && test[0].group == test[1].group)
    #expect(
      try PublicCorpus.vast.statements(inFolder: folder.path, split: "dev").map(\.labels) == [["stance": "none"]])
  }

  @Test("P-Stance: three files a part")
  func pStance() throws {
    for (name, stance) in [("bernie", "FAVOR"), ("biden", "AGAINST"), ("trump", "FAVOR")] {
      try folder.write("Tweet,Target,Stance\r\n\"Well, \(name)\",\(name),\(stance)\r\n", to: "raw_val_\(name).csv")
    }
    let statements = try PublicCorpus.pStance.statements(inFolder: folder.path, split: "val")
    #expect(statements.map(\.id) == ["raw_val_bernie#1", "raw_val_biden#1", "raw_val_trump#1"])
    #expect(statements.map(\.labels) == [["stance": "favor"], ["stance": "against"], ["stance": "favor"]])
  }

  @Test("IBM claims: the motion as target, the official parts in one file")
  func ibmClaimStance() throws {
    try folder.write(
      """
      "topicId","split","topicText","topicTarget","claims.claimId","claims.stance","claims.claimCorrectedText"
      "1","test","We ban kites","kites","10","PRO","Kites cut wires"
      "2","train","We tax tea","tea","11","CON","Tea is healthy"

      """, to: "claim_stance_dataset_v1.csv")
    let statements = try PublicCorpus.ibmClaimStance.statements(inFolder: folder.path, split: "train")
    #expect(
      statements == [
        Statement(
          id: "11", text: "Tea is healthy", target: "We tax tea", group: "2", labels: ["stance": "against"],
          attributes: ["split": "train", "topic_target": "tea"])
      ])
  }

  @Test("PolNeAR: the document as group, unknown labels refused")
  func polnearSourcing() throws {
    let row =
      "{\"id\":\"d#1\",\"document\":\"d\",\"publisher\":\"p\",\"text\":\"T\",\"spans\":{\"cue\":[[0,1]]},\"quoted\":true,"
    try folder.write(row + "\"sourcing\":\"media\"}\n", to: "dev.jsonl")
    #expect(
      try PublicCorpus.polnearSourcing.statements(inFolder: folder.path, split: "dev") == [
        Statement(
          id: "d#1", text: "T", group: "d", labels: ["sourcing": "media"],
          attributes: ["publisher": "p", "quoted": "true", "split": "dev"])
      ])
    let bad = try folder.write(row + "\"sourcing\":\"nobody\"}\n", to: "bad.jsonl")
    let error = #expect(throws: CorpusError.self) {
      _ = try PublicCorpus.polnearSourcing.statements(fromFiles: [bad])
    }
    #expect(error?.kind == .unknownLabel)
  }

  @Test("Perspectrum: three files, perspectives toward their claim")
  func perspectrum() throws {
    try folder.write(
      """
      [{"cId": 5, "text": "Kites should fly", "perspectives": [{"pids": [1, 2], "stance_label_3": "SUPPORT"}]},
       {"cId": 6, "text": "Tea is bad", "perspectives": [{"pids": [3], "stance_label_3": "UNDERMINE"}]}]
      """, to: "perspectrum_with_answers_v1.0.json")
    try folder.write(
      "[{\"pId\": 1, \"text\": \"A\"}, {\"pId\": 2, \"text\": \"B\"}, {\"pId\": 3, \"text\": \"C\"}]",
      to: "perspective_pool_v1.0.json")
    try folder.write("{\"5\": \"dev\", \"6\": \"test\"}", to: "dataset_split_v1.0.json")
    let statements = try PublicCorpus.perspectrum.statements(inFolder: folder.path, split: "dev")
    #expect(statements.map(\.id) == ["5/1/1", "5/1/2"])
    #expect(statements.map(\.text) == ["A", "B"])
    #expect(statements.map(\.target) == ["Kites should fly", "Kites should fly"])
    #expect(statements.map(\.labels) == [["stance": "favor"], ["stance": "favor"]])
  }

  @Test("Emergent: headlines toward claims")
  func emergent() throws {
    try folder.write(
      ",claimHeadline,articleHeadline,articleHeadlineStance,articleId,claimId\n9,C,A,observing,a1,c1\n",
      to: "emergent-test-filtered.csv")
    #expect(
      try PublicCorpus.emergent.statements(inFolder: folder.path, split: "test") == [
        Statement(
          id: "emergent-test-filtered#1", text: "A", target: "C", group: "c1", labels: ["stance": "none"],
          attributes: ["split": "test"])
      ])
  }

  @Test("a wrong part, a missing file and a wrong file say what is needed")
  func errors() throws {
    let part = #expect(throws: CorpusError.self) {
      _ = try PublicCorpus.semEval2016.statements(inFolder: folder.path, split: "dev")
    }
    #expect(part?.message.contains("train, test") == true)
    let missing = #expect(throws: CorpusError.self) {
      _ = try PublicCorpus.vast.statements(inFolder: folder.path, split: "test")
    }
    #expect(missing?.category == .noInput)
    let path = try folder.write("a,b\n1,2\n", to: "other.csv")
    for corpus in PublicCorpus.allCases {
      let error = #expect(throws: CorpusError.self) { _ = try corpus.statements(fromFiles: [path]) }
      #expect(error?.category == .badData)
      #expect(error?.file == path)
    }
  }
}
