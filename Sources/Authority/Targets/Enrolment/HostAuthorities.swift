package import SSHWire

/// The certificate authorities that an operator names for the hosts of an enrolment.
package struct HostAuthorities: Hashable, Sendable {
    /// LIMIT: an old and a new one of each kind.
    static let maximumCount = 16

    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case malformed(line: Int, WireError)
        case none
        case tooMany

        package var description: String {
            switch self {
            case .malformed(let line, let error):
                "the host authority in line \(line) cannot be read: \(error)"
            case .none: "there is no host authority: a line like `ssh-ed25519 AAAA…` is expected"
            case .tooMany:
                "more than \(HostAuthorities.maximumCount) host authorities are given"
            }
        }
    }

    package let keys: Set<PublicKey>

    /// Reads a `.pub` file, or lines of `known_hosts` that begin with `@cert-authority PATTERN`.
    ///
    /// The pattern is passed over: for which host it counts, the operator says by naming it here.
    package init(parsing text: String) throws(Refusal) {
        var keys: Set<PublicKey> = []
        for (number, line) in text.split(
            omittingEmptySubsequences: false,
            whereSeparator: \.isNewline
        )
        .enumerated() {
            let words = line.split { $0 == " " || $0 == "\t" }
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            let isKnownHosts = first == "@cert-authority"
            let key = words.dropFirst(isKnownHosts ? 2 : 0).joined(separator: " ")
            do throws(WireError) {
                keys.insert(try PublicKey(parsing: PublicKeyLine(parsing: key).blob))
            } catch {
                throw .malformed(line: number + 1, error)
            }
            guard keys.count <= Self.maximumCount else { throw .tooMany }
        }
        guard !keys.isEmpty else { throw .none }
        self.keys = keys
    }

    /// Whether the argument is a line itself, and no name of a file: it holds a blank.
    package static func isLine(_ argument: String) -> Bool {
        argument.contains(" ")
    }
}
