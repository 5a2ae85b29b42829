package import CommandAnalysis

/// Whether what a policy file says is done, or only recorded.
package enum PolicyMode: Hashable, Sendable, CaseIterable {
    case enforce
    /// Commands run, and what would have been is recorded; the guard itself stays enforced.
    case observe
    /// The guard too is only observed.
    case observeEverything

    /// Whether the file's rules count for an action.
    package func enforces(_ action: Action) -> Bool {
        switch self {
        case .enforce: true
        case .observe: action == .guardEscape || action == .auditTamper
        case .observeEverything: false
        }
    }
}
