/// The kinds of process that read what strangers wrote.
package enum ConfinedProcess: String, Hashable, Sendable, CaseIterable {
    case session
    case decider
}
