import AuditTrail
import MessageSockets
import PolicyEngine
import SSHWire
import SessionProtocol

/// A handover whose names have found what they stand for in the files of the release that takes over.
struct ResolvedHandover {
    let handover: Handover
    let connections: [ResolvedConnection]

    /// Throws where somebody who goes on has no place in `inventory`: only the release that let them in
    /// can end what they run.
    init(
        _ handover: Handover,
        in inventory: Inventory,
        allowing environment: EnvironmentAllowList,
        hostKey: [UInt8],
        at places: HandedPlaces
    ) throws(HandoverError) {
        guard handover.hostKey.bytes == hostKey else { throw .otherHostKey }
        try places.check(handover.places)
        // Locks are enforced as soon as they go on.
        let identification = Identification(inventory: inventory, locks: Locks([]))
        self.handover = handover
        var connections: [ResolvedConnection] = []
        for connection in handover.connections {
            connections.append(
                try ResolvedConnection(connection, by: identification, allowing: environment)
            )
        }
        self.connections = connections
    }

    /// What stays open in the audit trail.
    var live: LiveEntries {
        LiveEntries(
            connections: Set(handover.connections.map(\.id)),
            sessions: Set(handover.connections.flatMap { $0.sessions.map(\.id) })
        )
    }
}

/// A connection of a handover, and whom its key stands for.
struct ResolvedConnection {
    let connection: HandedConnection
    let address: SSHWire.IPAddress
    let identity: Identity
    let userName: String
    let sessions: [ResolvedSession]

    init(
        _ connection: HandedConnection,
        by identification: Identification,
        allowing environment: EnvironmentAllowList
    ) throws(HandoverError) {
        let signIn = connection.signIn
        guard let address = connection.peer.ipAddress, let userName = signIn.userName.text else {
            throw .unreadable("the connection \(connection.id)")
        }
        self.connection = connection
        self.address = address
        self.userName = userName
        do throws(IdentificationError) {
            identity = try identification.identify(
                algorithm: nil,
                keyBlob: signIn.credential.bytes,
                from: address,
                at: signIn.moment
            )
        } catch {
            throw .withoutPlace("`\(signIn.principal)` is here and could not sign in now: \(error)")
        }
        let principal = identity.principal
        guard principal.name.description == signIn.principal,
            principal.owner?.description == signIn.onBehalfOf
        else { throw .withoutPlace("`\(signIn.principal)` is somebody else now") }
        var sessions: [ResolvedSession] = []
        for session in connection.sessions {
            sessions.append(
                try ResolvedSession(
                    session,
                    of: connection,
                    as: userName,
                    identity,
                    in: identification.inventory,
                    allowing: environment
                )
            )
        }
        self.sessions = sessions
    }
}

/// A session of a handover, and where it runs.
struct ResolvedSession {
    let session: HandedSession
    let plan: SessionPlan
    let place: ResolvedAddress

    init(
        _ session: HandedSession,
        of connection: HandedConnection,
        as userName: String,
        _ identity: Identity,
        in inventory: Inventory,
        allowing environment: EnvironmentAllowList
    ) throws(HandoverError) {
        guard let target = TargetName(session.target).flatMap(inventory.target(named:)),
            let login = Login(session.login), let place = inventory.offered(login, on: target)
        else {
            throw .withoutPlace(
                "the session \(session.id) runs as `\(session.login)` on `\(session.target)`, which "
                    + "the inventory does not have"
            )
        }
        let request: SessionRequest
        do {
            request = try SessionRequest(decoding: session.opening.bytes)
        } catch {
            throw .unreadable("the session \(session.id): \(error)")
        }
        guard case .openSession(let opening) = request else {
            throw .unreadable("the session \(session.id): `\(request.kind)` opens none")
        }
        self.session = session
        self.place = place
        plan = SessionPlan(
            opening,
            connection: connection.id,
            session: session.id,
            userName: userName,
            from: connection.peer.host,
            identity: identity,
            in: inventory,
            allowing: environment,
            running: place
        )
    }
}

extension HandedPlaces {
    /// Whether what another release recorded is found here.
    func check(_ before: HandedPlaces) throws(HandoverError) {
        guard before.auditTrail == auditTrail else { throw .otherPlace(auditTrail) }
        guard before.recordings == recordings else { throw .otherPlace(recordings) }
        let known = Set(auditTrailSteps)
        if let step = before.auditTrailSteps.first(where: { !known.contains($0) }) {
            throw .newerAuditTrail(step)
        }
    }
}
