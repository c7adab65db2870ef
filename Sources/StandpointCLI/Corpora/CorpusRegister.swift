import Foundation

/// The public corpora that Standpoint knows: `Datasets/corpora.json`, which is part of the binary.
struct CorpusRegister: Codable {
  /// A corpus.
  struct Entry: Codable {
    var name: String
    var title: String
    var citation: String
    var licence: String
    /// The importer that reads its files; nil where there is none.
    var importer: String?
    var task: String?
    var metric: String?
    var files: [File]
  }

  /// A file of a corpus, as it is expected.
  struct File: Codable {
    var name: String
    var bytes: Int
    var sha256: String
    var rows: Int?
    var published: Published
  }

  /// Where a file was published.
  struct Published: Codable {
    var repository: String
    var commit: String
    var path: String
    /// Where the file differs from what is published there.
    var note: String?

    /// The address at which a browser finds it.
    var address: String { path == "." ? "\(repository)/tree/\(commit)" : "\(repository)/blob/\(commit)/\(path)" }
  }

  var schemaVersion: Int
  var corpora: [Entry]

  /// The register that was built in.
  ///
  /// - Throws: only if it was built in broken, which a test excludes.
  static func builtIn() throws -> CorpusRegister {
    try JSONDecoder().decode(CorpusRegister.self, from: Data(PackageResources.corpora_json))
  }
}
