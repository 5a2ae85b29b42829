import PolicyEngine
import SSHKeys
import SSHWire

/// The keys that a host showed, and what may be done with them.
///
/// Nothing is trusted on first use: without a fingerprint that a person brought from elsewhere the
/// keys are only shown.
package struct TargetScan: Hashable, Sendable {
    /// Why nothing is to be pinned.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case nothingFound(problems: [String])
        case malformedExpectation(String)
        case unexpected(missing: [String])

        package var description: String { text(at: nil) }

        /// With the address that was asked, where it is known.
        func text(at address: NetworkAddress?) -> String {
            switch self {
            case .nothingFound(let problems):
                ([
                    "\(address.map { "`\($0)`" } ?? "the host") showed no host key: check address and "
                        + "port, whether an sshd runs there, and whether a firewall keeps this machine "
                        + "out"
                ] + problems).joined(separator: "\n")
            case .malformedExpectation(let text):
                "`\(PrintableText.escaped(text))` is no fingerprint like `SHA256:…`"
            case .unexpected(let missing):
                "the host did not show \(missing.map { "`\($0)`" }.joined(separator: ", ")): it is "
                    + "another host, somebody stands between, or its keys changed; nothing is "
                    + "written"
            }
        }
    }

    package let keys: [ScannedKey]
    package let problems: [String]

    package init(_ output: KeyScanOutput, kinds: [HostKeyKind]) throws(Refusal) {
        var keys: [ScannedKey] = []
        var problems = output.problems
        for line in output.lines {
            do throws(WireError) {
                let key = try PublicKey(parsing: line.blob)
                if kinds.contains(where: { $0.includes(key.type) }) {
                    keys.append(ScannedKey(key))
                } else {
                    problems.append("a key of type `\(key.type.rawValue)` was not asked for")
                }
            } catch {
                problems.append("a host key is not taken: \(error)")
            }
        }
        guard !keys.isEmpty else { throw .nothingFound(problems: problems) }
        self.keys = keys.sorted { Self.rank($0) < Self.rank($1) }
        self.problems = problems
    }

    /// The keys that a person vouched for: each expectation must be met, and what nobody expected
    /// is left out.
    package func keys(expecting fingerprints: [String]) throws(Refusal) -> [ScannedKey] {
        var expected: Set<String> = []
        for text in fingerprints {
            do throws(WireError) {
                expected.insert(try SSHKeys.Fingerprint(parsing: text).description)
            } catch {
                throw .malformedExpectation(text)
            }
        }
        let missing = expected.subtracting(keys.map(\.fingerprint))
        guard missing.isEmpty else { throw .unexpected(missing: missing.sorted()) }
        return keys.filter { expected.contains($0.fingerprint) }
    }

    /// The preferred kind first, as the bastion will ask for it.
    private static func rank(_ key: ScannedKey) -> Int {
        HostKeyKind.allCases.firstIndex { $0.includes(key.key.type) } ?? HostKeyKind.allCases.count
    }
}
