/// Says which grants of one inventory let a request be made at all; rules then say what of it.
package struct GrantsDecider: Sendable {
    package let inventory: Inventory
    package let snapshotVersion: UInt64

    package init(inventory: Inventory, snapshotVersion: UInt64) {
        self.inventory = inventory
        self.snapshotVersion = snapshotVersion
    }

    /// The grants that allow a request; never empty.
    package func grants(for request: AuthorizationRequest) throws(Denial) -> [RuleID] {
        if let reason = obstacle(request) { throw .undecidable(reason) }
        let grants = inventory.grants(
            allowing: request.kind,
            to: request.subject,
            as: request.login,
            on: request.target
        )
        guard !grants.isEmpty else { throw .noGrant }
        return grants.map(\.id)
    }

    /// Why the question cannot be answered, or nil.
    private func obstacle(_ request: AuthorizationRequest) -> UndecidableReason? {
        guard request.snapshotVersion == snapshotVersion else {
            return .snapshotMismatch(asked: request.snapshotVersion, loaded: snapshotVersion)
        }
        guard request.digest.count == AuthorizationRequest.digestBytes else {
            return .malformedRequest("a digest has \(AuthorizationRequest.digestBytes) bytes")
        }
        guard request.commandLine.count <= CommandLimits.commandLineBytes else {
            return .tooLong
        }
        guard !request.commandLine.contains(0) else {
            return .malformedRequest("a command line holds a NUL")
        }
        let mayHaveTerminal: Bool? =
            switch request.kind {
            case .exec: nil
            case .shell: false
            case .terminal: true
            // OpenSSH never asks for one here, and a terminal would change what passes.
            case .sftp: false
            }
        if let mayHaveTerminal, mayHaveTerminal != request.hasTerminal {
            return .malformedRequest("the kind of request and the terminal contradict each other")
        }
        guard request.kind == .exec || request.commandLine.isEmpty else {
            return .malformedRequest("only an exec request has a command line")
        }
        if let principal = inventory.principal(named: request.subject) {
            guard Set(principal.roles) == request.roles, principal.owner == request.onBehalfOf
            else { return .subjectMismatch }
        }
        return nil
    }
}
