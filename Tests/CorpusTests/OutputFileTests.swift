import Corpus
import Foundation
import TestSupport
import Testing

@Suite("OutputFile")
struct OutputFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func contents(_ name: String) -> String? {
    try? String(contentsOfFile: folder.file(name), encoding: .utf8)
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("a file appears only when it is committed, and nothing else stays")
  func commit() throws {
    let file = try OutputFile(path: folder.file("out.txt"))
    try file.write("one\n")
    try file.flush()
    #expect(contents("out.txt") == nil)
    try file.write(String(repeating: "x", count: 200_000))
    try file.commit()
    #expect(contents("out.txt") == "one\n" + String(repeating: "x", count: 200_000))
    #expect(try names() == ["out.txt"])
  }

  @Test("a file that is given up leaves what stood there, and no other trace")
  func discard() throws {
    try folder.write("old", to: "out.txt")
    do {
      let file = try OutputFile(path: folder.file("out.txt"))
      try file.write("new")
      try file.flush()
    }
    #expect(contents("out.txt") == "old")
    #expect(try names() == ["out.txt"])
  }

  @Test("a link stays a link, and permissions stay as they were")
  func links() throws {
    try folder.write("old", to: "real.txt")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.file("real.txt"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link.txt"), withDestinationPath: folder.file("real.txt"))
    let file = try OutputFile(path: folder.file("link.txt"))
    try file.write("new")
    try file.commit()
    #expect(contents("real.txt") == "new")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("real.txt"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link.txt"))) != nil)
  }

  @Test("a link that leads nowhere stays a link, and the file is made where it leads")
  func danglingLinks() throws {
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder.file("below"), withIntermediateDirectories: false)
    try manager.createSymbolicLink(atPath: folder.file("first"), withDestinationPath: "below/second")
    try manager.createSymbolicLink(atPath: folder.file("below/second"), withDestinationPath: "../real.txt")
    try manager.createSymbolicLink(atPath: folder.file("absolute"), withDestinationPath: folder.file("other.txt"))
    for (link, target) in [("first", "real.txt"), ("absolute", "other.txt")] {
      let file = try OutputFile(path: folder.file(link))
      try file.write("new")
      #expect(contents(target) == nil)
      try file.commit()
      #expect(contents(target) == "new")
      #expect((try? manager.destinationOfSymbolicLink(atPath: folder.file(link))) != nil)
    }
    #expect(try names() == ["absolute", "below", "first", "other.txt", "real.txt"])
    #expect(try manager.contentsOfDirectory(atPath: folder.file("below")) == ["second"])
  }

  @Test("a link into a folder that is not there, and links in a circle, cannot be created and stay")
  func impossibleLinks() throws {
    for (name, target) in [("lost", "absent/out.txt"), ("round", "about"), ("about", "round")] {
      try FileManager.default.createSymbolicLink(atPath: folder.file(name), withDestinationPath: target)
    }
    for name in ["lost", "round"] {
      let error = #expect(throws: CorpusError.self) { _ = try OutputFile(path: folder.file(name)) }
      #expect(error?.kind == .cannotCreate && error?.file == folder.file(name))
    }
    #expect(try names() == ["about", "lost", "round"])
  }

  @Test("a full disk is an error of writing")
  func fullDisk() throws {
    let file = try OutputFile(path: "/dev/full")
    let error = #expect(throws: CorpusError.self) {
      try file.write("x")
      try file.commit()
    }
    #expect(error?.kind == .writeFailed)
    #expect(error?.category == .inputOutput)
    #expect(error?.message.contains("No space left") == true)
  }

  @Test("a folder, and a place in a folder that is not there, cannot be created")
  func impossiblePlaces() throws {
    for path in [folder.path, folder.file("absent/out.txt")] {
      let error = #expect(throws: CorpusError.self) { _ = try OutputFile(path: path) }
      #expect(error?.kind == .cannotCreate)
      #expect(error?.category == .cannotCreate)
    }
  }
}
