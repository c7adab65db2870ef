import TestSupport

/// Gives a test a folder of its own, and takes it away afterwards.
func withTemporaryFolder<Result>(inMemory: Bool = false, _ body: (String) throws -> Result) throws -> Result {
  let folder = try TemporaryFolder(inMemory: inMemory)
  return try withExtendedLifetime(folder) { try body(folder.path) }
}
