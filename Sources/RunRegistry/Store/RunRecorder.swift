import Corpus
public import Evaluation
import Foundation
import Synchronization

/// A run at work: it holds the run's lock, and writes down how it ended.
///
/// A recorder that goes away without `finish` or `fail` leaves a run that is shown as killed.
public final class RunRecorder: Sendable {
  private let state: Mutex<Run>
  private let folder: RunFolder
  private let lock: RunLock
  private let store: RunStore
  private let started = ContinuousClock.now

  init(_ run: Run, folder: RunFolder, lock: RunLock, store: RunStore) {
    state = Mutex(run)
    self.folder = folder
    self.lock = lock
    self.store = store
  }

  /// The run as it stands.
  public var run: Run { state.withLock { $0 } }

  /// The run's folder.
  public var path: String { folder.path }

  /// Changes what is known of the run; it is written down at its end.
  public func update(_ change: (inout Run) -> Void) { state.withLock { change(&$0) } }

  /// Writes the predictions and the record of a run that came to its end.
  ///
  /// - Throws: where a file cannot be written; the run then stays as it was.
  public func finish(predictions: Predictions? = nil) throws(RunRegistryError) {
    if let predictions {
      do throws(CorpusError) {
        try PredictionsFile.write(predictions, to: folder.predictionsPath)
      } catch { throw .file(error) }
      update { $0.labels = predictions.labels }
    }
    try end(.finished, failure: nil)
  }

  /// Writes down that the run stopped with an error.
  ///
  /// - Throws: where the record cannot be written.
  public func fail(_ message: String) throws(RunRegistryError) { try end(.failed, failure: message) }

  private func end(_ status: Run.Status, failure: String?) throws(RunRegistryError) {
    let elapsed = ContinuousClock.now - started
    let run = state.withLock { run in
      run.status = status
      run.failure = failure
      run.endedAt = Date()
      run.seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
      run.peakMemory = Machine.peakMemory
      return run
    }
    do throws(CorpusError) { try folder.write(run) } catch { throw .file(error) }
    store.indexQuietly(run.id)
  }
}
