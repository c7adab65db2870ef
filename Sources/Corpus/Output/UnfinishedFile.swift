internal import Glibc
internal import Synchronization

/// The temporary file that an `OutputFile` is writing, for whoever ends the process at once.
///
/// A signal handler may do next to nothing, but it may remove a file. So Ctrl-C can end a command on the spot, also while
/// it waits for input, and still leaves nothing half written.
public enum UnfinishedFile {
  /// The address of the path in the form that a handler can use; 0 where nothing is being written.
  private static let address = Atomic<UInt>(0)

  /// Says which file is being written; nil says that none is.
  ///
  /// The memory of an earlier path is not given back: a handler may be reading it. It is a few bytes a file.
  static func set(_ path: String?) {
    let copy = unsafe path.flatMap { unsafe strdup($0) }
    address.store(UInt(bitPattern: copy), ordering: .sequentiallyConsistent)
  }

  /// Removes the file, if there is one. Safe to call from a signal handler.
  public static func remove() {
    let path = unsafe UnsafePointer<CChar>(bitPattern: address.load(ordering: .sequentiallyConsistent))
    if let path = unsafe path { _ = unsafe unlink(path) }
  }
}
