/// Whom and what an audit record is about.
///
/// Every part is empty where it is not known: a refused sign-in has a connection and no principal.
package struct Attribution: Hashable, Sendable, Codable {
    /// `c-` and twelve characters.
    package var connection: String?
    /// `s-` and twelve characters.
    package var session: String?
    /// To whom the request is attributed: `human:alice`, `agent:copilot`, `service:backup`.
    package var principal: String?
    /// The human behind an agent.
    package var onBehalfOf: String?
    package var target: String?
    package var login: String?

    package init(
        connection: String? = nil,
        session: String? = nil,
        principal: String? = nil,
        onBehalfOf: String? = nil,
        target: String? = nil,
        login: String? = nil
    ) {
        self.connection = connection
        self.session = session
        self.principal = principal
        self.onBehalfOf = onBehalfOf
        self.target = target
        self.login = login
    }

    /// Every part with its name, for the checks and the database.
    package var parts: [(name: String, value: String?)] {
        [
            ("connection", connection), ("session", session), ("principal", principal),
            ("onBehalfOf", onBehalfOf), ("target", target), ("login", login),
        ]
    }
}
