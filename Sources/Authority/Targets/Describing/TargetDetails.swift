package import PolicyEngine

/// What an operator says of a target besides its keys.
package struct TargetDetails: Hashable, Sendable {
    /// An account that many targets have; a certificate for it is issued only where it is granted.
    static let exampleLogin = "deploy"

    package let logins: [Login]
    package let labels: [String: String]

    /// Why the details are not taken, in the words of a command line.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case login(String)
        case label(String)

        package var description: String {
            switch self {
            case .login(let text): "`\(PrintableText.escaped(text))` is no login"
            case .label(let text): "`\(PrintableText.escaped(text))` is no label like `env=test`"
            }
        }
    }

    /// Labels are written `NAME=VALUE`.
    package init(logins: [String], labels: [String]) throws(Refusal) {
        var accounts: [Login] = []
        for text in logins {
            guard let login = Login(text) else { throw .login(text) }
            if !accounts.contains(login) { accounts.append(login) }
        }
        var values: [String: String] = [:]
        for text in labels {
            guard let separator = text.firstIndex(of: "="), separator != text.startIndex else {
                throw .label(text)
            }
            values[String(text[..<separator])] = String(text[text.index(after: separator)...])
        }
        self.logins = accounts
        self.labels = values
    }

    /// The stanza of a target, whatever of it is known already.
    func stanza(
        _ name: TargetName,
        at address: NetworkAddress,
        keys: [TargetStanza.Key],
        known: Target?
    ) -> TargetStanza {
        guard let known else {
            let example = [Login(Self.exampleLogin)].compactMap { $0 }
            return TargetStanza(
                name: name,
                address: address,
                logins: logins.isEmpty ? example : logins,
                labels: labels,
                keys: keys
            )
        }
        var stanza = TargetStanza(known, keys: keys)
        stanza.address = address
        if !logins.isEmpty { stanza.logins = logins }
        stanza.labels.merge(labels) { _, new in new }
        return stanza
    }

    /// What to say where nobody named an account.
    func note(known: Target?) -> [String] {
        guard logins.isEmpty, known == nil else { return [] }
        return ["`logins` is an example: write the accounts of this target (or say --login)"]
    }
}
