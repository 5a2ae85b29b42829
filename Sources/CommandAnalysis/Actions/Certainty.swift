/// How sure the analysis is of an action.
///
/// It says nothing of whether the command runs at all: a branch that may run counts as run.
public enum Certainty: String, Hashable, Sendable, CaseIterable {
    /// If the command runs, it does this. A permit holds only for this.
    case certain
    /// If the command runs, it may do this: a forbid holds for it already.
    case possible
}
