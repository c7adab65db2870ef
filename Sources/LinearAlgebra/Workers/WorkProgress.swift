internal import Foundation

/// Whoever wants to know how far a long piece of work has come.
///
/// Work reports which share of it is done, from 0 to 1, on whichever of its threads gets there. It reports often: the
/// receiver should be quick, or look only now and then.
public struct WorkProgress: Sendable {
  /// Nobody wants to know.
  public static let ignored = WorkProgress { _ in }

  private let receive: @Sendable (Double) -> Void

  /// Progress that `receive` is told of.
  public init(_ receive: @escaping @Sendable (Double) -> Void) { self.receive = receive }

  /// Says which share of the work is done.
  public func update(_ fraction: Double) { receive(fraction) }

  /// The progress of a part of the work: of the `index`th of `count` equal parts.
  public func part(_ index: Int, of count: Int) -> WorkProgress {
    part(Double(index) / Double(count), Double(index + 1) / Double(count))
  }

  /// The progress of the part of the work that goes from one share of it to another.
  public func part(_ start: Double, _ end: Double) -> WorkProgress {
    let receive = receive
    return WorkProgress { receive(start + (end - start) * $0) }
  }

  /// Says how far an iteration has come that nears a tolerance at about a constant rate.
  ///
  /// - Parameters:
  ///   - gap: how far it is from the optimum.
  ///   - first: how far it was in the beginning.
  ///   - tolerance: how near it is to come.
  package func update(gap: Double, from first: Double, to tolerance: Double) {
    guard gap > 0, first > tolerance else { return }
    receive(min(max(log(first / gap) / log(first / tolerance), 0), 1))
  }
}
