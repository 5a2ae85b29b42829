package import SSHWire

/// Keys and certificates that are no longer taken, whatever else says that they are.
package struct RevocationList: Hashable, Sendable {
    private struct Serials: Hashable, Sendable {
        var single: Set<UInt64> = []
        var ranges: [ClosedRange<UInt64>] = []
    }

    private var keys: Set<Fingerprint> = []
    private var serials: [Fingerprint: Serials] = [:]

    package init() {}

    /// Revokes a key, every certificate over it and, if it is an authority's, all that it signed.
    package mutating func revoke(_ key: Fingerprint) {
        keys.insert(key)
    }

    package mutating func revoke(_ key: PublicKey) {
        revoke(Fingerprint(of: key))
    }

    /// Revokes certificates of one authority by their serial numbers.
    package mutating func revoke(serials range: ClosedRange<UInt64>, of authority: Fingerprint) {
        if range.lowerBound == range.upperBound {
            serials[authority, default: Serials()].single.insert(range.lowerBound)
        } else {
            serials[authority, default: Serials()].ranges.append(range)
        }
    }

    package func contains(_ key: PublicKey) -> Bool {
        !keys.isEmpty && keys.contains(Fingerprint(of: key))
    }

    package func contains(serial: UInt64, of authority: PublicKey) -> Bool {
        guard !serials.isEmpty, let revoked = serials[Fingerprint(of: authority)] else {
            return false
        }
        return revoked.single.contains(serial) || revoked.ranges.contains { $0.contains(serial) }
    }
}
