internal import Glibc

/// A public corpus whose original files can be read.
///
/// The files themselves belong to their authors and are no part of Standpoint; `Datasets/corpora.json` says where each was
/// published, under which licence, and what its files' checksums are. Labels are brought to the project's names: `favor`,
/// `against`, `none` for `stance`; FNC-1 keeps its own four, under the task `fnc`.
public enum PublicCorpus: String, Sendable, CaseIterable {
  /// Tweets toward five targets (Mohammad et al. 2016).
  case semEval2016 = "semeval2016-task6"
  /// News sentences with polarity toward mentions of persons (Hamborg and Donnay 2021).
  case newsMTSC = "newsmtsc"
  /// News sentences on global warming, eight annotators each (Luo, Card and Jurafsky 2020).
  case gwStance = "gwstance"
  /// Headlines against article bodies (Pomerleau and Rao 2017).
  case fnc1 = "fnc-1"
  /// Comments toward thousands of topics (Allaway and McKeown 2020).
  case vast
  /// Tweets toward three politicians (Li et al. 2021).
  case pStance = "p-stance"
  /// Claims for and against debate motions (Bar-Haim et al. 2017).
  case ibmClaimStance = "ibm-claim-stance"
  /// News sentences with the kind of their source, derived from PolNeAR (Newell, Margolin and Ruths 2018).
  case polnearSourcing = "polnear-sourcing"
  /// Perspectives on claims (Chen et al. 2019).
  case perspectrum
  /// Headlines on rumours (Ferreira and Vlachos 2016).
  case emergent

  /// The task whose labels the corpus carries.
  public var task: String {
    switch self {
    case .polnearSourcing: LabelSet.Task.sourcing
    case .fnc1: "fnc"
    default: LabelSet.Task.stance
    }
  }

  /// The names of its official parts.
  public var splits: [String] { files.map(\.split) }

  /// Reads a part of the corpus from a folder that holds its files under their published names.
  ///
  /// - Throws: `unsuitableData` for a part that the corpus does not have, `notFound` for a file that is missing, and
  ///   whatever is wrong in the files.
  public func statements(inFolder folder: String, split: String) throws(CorpusError) -> [Statement] {
    guard let needed = files.first(where: { $0.split == split })?.needed else {
      throw CorpusError(
        .unsuitableData, file: folder, expected: "one of the parts \(splits.joined(separator: ", "))",
        found: "“\(split)”", mend: "name a part of \(rawValue)")
    }
    var paths: [String] = []
    for names in needed {
      let candidates = names.map { folder + "/" + $0 }
      guard let path = candidates.first(where: { unsafe access($0, F_OK) == 0 }) else {
        throw CorpusError(
          .notFound, file: candidates[0], expected: "the file \(names.joined(separator: " or ")) of \(rawValue)",
          mend: "see Datasets/corpora.json for where it was published")
      }
      paths.append(path)
    }
    return try statements(fromFiles: paths, split: split)
  }

  /// Reads files of the corpus.
  ///
  /// - Parameters:
  ///   - paths: the files; FNC-1 needs stances and bodies, Perspectrum its claims, perspectives and split.
  ///   - split: keeps the rows of one part where a file holds several (GWStance, IBM, Perspectrum); all rows where nil.
  ///     It is also noted in the attribute `split`.
  /// - Throws: whatever is wrong in the files, with file and line.
  public func statements(fromFiles paths: [String], split: String? = nil) throws(CorpusError) -> [Statement] {
    var statements: [Statement] = []
    switch self {
    case .fnc1: statements = try Self.fnc1(paths)
    case .perspectrum: statements = try Self.perspectrum(paths, split: split)
    default:
      for path in paths {
        switch self {
        case .semEval2016: statements += try Self.semEval2016(path)
        case .newsMTSC: statements += try Self.newsMTSC(path)
        case .gwStance: statements += try Self.gwStance(path, split: split)
        case .vast: statements += try Self.vast(path)
        case .pStance: statements += try Self.pStance(path)
        case .ibmClaimStance: statements += try Self.ibmClaimStance(path, split: split)
        case .polnearSourcing: statements += try Self.polnearSourcing(path)
        case .emergent: statements += try Self.emergent(path)
        case .fnc1, .perspectrum: break
        }
      }
    }
    if statements.isEmpty {
      throw CorpusError(
        .empty, file: paths.first, expected: "rows of \(rawValue)",
        found: split.map { "none of the part “\($0)”" } ?? "none")
    }
    if let split {
      for index in statements.indices { statements[index].attributes["split"] = split }
    }
    return statements
  }

  /// The files of each part; each by the names under which it is known.
  private var files: [(split: String, needed: [[String]])] {
    switch self {
    case .semEval2016:
      [
        ("train", [["semeval2016-task6-trialdata.txt"], ["semeval2016-task6-trainingdata.txt"]]),
        ("test", [["SemEval2016-Task6-subtaskA-testdata-gold.txt"]]),
      ]
    case .newsMTSC:
      [
        ("train", [["train.jsonl", "newsmtsc-rw/train.jsonl"]]),
        ("dev_rw", [["dev_rw.jsonl", "newsmtsc-rw/dev.jsonl"]]),
        ("dev_mt", [["dev_mt.jsonl", "newsmtsc-mt/dev.jsonl"]]),
        ("test_rw", [["test_rw.jsonl", "newsmtsc-rw/test.jsonl"]]),
        ("test_mt", [["test_mt.jsonl", "newsmtsc-mt/test.jsonl"]]),
      ]
    case .gwStance: [("train", [["GWSD.tsv", "GWSD-train.tsv"]]), ("test", [["GWSD.tsv", "GWSD-test.tsv"]])]
    case .fnc1:
      [
        ("train", [["train_stances.csv"], ["train_bodies.csv"]]),
        ("test", [["competition_test_stances.csv"], ["competition_test_bodies.csv"]]),
      ]
    case .vast:
      [
        ("train", [["vast_train.csv"]]), ("dev", [["vast_dev.csv", "vast_dev_4col.csv"]]),
        ("test", [["vast_test.csv"]]),
      ]
    case .pStance:
      ["train", "val", "test"].map { split in
        (split, ["bernie", "biden", "trump"].map { ["raw_\(split)_\($0).csv"] })
      }
    case .ibmClaimStance: ["train", "test"].map { ($0, [["claim_stance_dataset_v1.csv"]]) }
    case .polnearSourcing: ["train", "dev", "test"].map { ($0, [["\($0).jsonl"]]) }
    case .perspectrum:
      ["train", "dev", "test"].map {
        (
          $0,
          [
            ["perspectrum_with_answers_v1.0.json"], ["perspective_pool_v1.0.json"], ["dataset_split_v1.0.json"],
          ]
        )
      }
    case .emergent:
      ["train", "test"].map {
        ($0, [["url-versions-2015-06-14-clean-\($0).csv", "emergent-\($0)-filtered.csv"]])
      }
    }
  }
}
