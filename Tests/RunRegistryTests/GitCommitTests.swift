import Foundation
import RunRegistry
import Testing

@Suite("GitCommit")
struct GitCommitTests {
  let commit = String(repeating: "0a", count: 20)

  func write(_ text: String, _ path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  @Test("the commit is read from a loose branch, packed branches, a detached head and a linked worktree")
  func forms() throws {
    try withTemporaryFolder { folder in
      #expect(GitCommit.current(in: folder) == nil)
      try write("ref: refs/heads/main\n", "\(folder)/.git/HEAD")
      #expect(GitCommit.current(in: folder) == nil)
      try write("# pack-refs\n\(commit) refs/heads/main\n", "\(folder)/.git/packed-refs")
      #expect(GitCommit.current(in: folder) == commit)
      let newer = String(repeating: "1b", count: 20)
      try write(newer + "\n", "\(folder)/.git/refs/heads/main")
      try FileManager.default.createDirectory(atPath: "\(folder)/a/b", withIntermediateDirectories: true)
      #expect(GitCommit.current(in: "\(folder)/a/b") == newer)
      try write("gitdir: ../.git/worktrees/w\n", "\(folder)/w/.git")
      try write("ref: refs/heads/main\n", "\(folder)/.git/worktrees/w/HEAD")
      try write("../..\n", "\(folder)/.git/worktrees/w/commondir")
      #expect(GitCommit.current(in: "\(folder)/w") == newer)
      try write(commit + "\n", "\(folder)/.git/HEAD")
      #expect(GitCommit.current(in: folder) == commit)
    }
  }
}

@Suite("RunID")
struct RunIDTests {
  @Test("names sort by time and tell the time in UTC")
  func names() {
    #expect(RunID.new(at: Date(timeIntervalSince1970: 1_795_485_012.345)).hasPrefix("20261124-"))
    #expect(RunID.new(at: Date(timeIntervalSince1970: 951_782_400)).hasPrefix("20000229-000000-000-"))
    #expect(RunID.new(at: Date(timeIntervalSince1970: 0)) != RunID.new(at: Date(timeIntervalSince1970: 0)))
  }
}
