public import LinearAlgebra

/// Whoever wants to know how far a job of several stages has come: is told which stage begins, in words, and gives the
/// progress that this stage is to report to.
public typealias StageProgress = @Sendable (_ stage: String) -> WorkProgress
