import Foundation

/// Gives a test a folder of its own, and takes it away afterwards.
///
/// - Parameter inMemory: Whether the folder may lie in memory: making thousands of files takes a slow disk a minute, and
///   is not what the test is about.
func withTemporaryFolder<Result>(inMemory: Bool = false, _ body: (String) throws -> Result) throws -> Result {
  let memory = URL(fileURLWithPath: "/dev/shm")
  let parent =
    inMemory && FileManager.default.isWritableFile(atPath: memory.path)
    ? memory : FileManager.default.temporaryDirectory
  let folder = parent.appendingPathComponent("standpoint-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}
