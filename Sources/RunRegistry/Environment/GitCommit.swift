import Foundation

/// The commit that is checked out, read from git's own files: a machine that runs the tool needs no git.
package enum GitCommit {
  /// The commit of the repository around a folder, or nothing outside of one.
  package static func current(in folder: String = FileManager.default.currentDirectoryPath) -> String? {
    guard let git = gitFolder(around: folder), let head = line("\(git)/HEAD") else { return nil }
    guard head.hasPrefix("ref: ") else { return commit(head) }
    let name = String(head.dropFirst(5))
    // A linked worktree keeps HEAD of its own and shares everything else.
    let common = line("\(git)/commondir").map { $0.hasPrefix("/") ? $0 : "\(git)/\($0)" } ?? git
    if let commit = line("\(common)/\(name)").flatMap(commit) { return commit }
    let packed = (try? String(contentsOfFile: "\(common)/packed-refs", encoding: .utf8)) ?? ""
    return packed.split(separator: "\n").first { $0.hasSuffix(" \(name)") }.flatMap { commit(String($0.prefix(40))) }
  }

  private static func gitFolder(around folder: String) -> String? {
    var folder = URL(fileURLWithPath: folder).standardizedFileURL
    while true {
      let path = folder.appendingPathComponent(".git").path
      var isFolder = false
      if let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType {
        isFolder = type == .typeDirectory
        if isFolder { return path }
        guard let text = line(path), text.hasPrefix("gitdir: ") else { return nil }
        let target = String(text.dropFirst(8))
        return target.hasPrefix("/") ? target : folder.appendingPathComponent(target).path
      }
      let parent = folder.deletingLastPathComponent()
      if parent.path == folder.path { return nil }
      folder = parent
    }
  }

  private static func line(_ path: String) -> String? {
    (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n").first.map(String.init)
  }

  private static func commit(_ text: String) -> String? {
    text.count >= 40 && text.allSatisfy(\.isHexDigit) ? text : nil
  }
}
