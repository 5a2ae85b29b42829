/// A block of addresses in CIDR form (RFC 4632), or one address.
///
/// Bits behind the prefix must be zero, as sshd demands in `source-address`.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    package let address: IPAddress
    /// Leading bits that count, of 32 or of 128.
    package let prefixBits: Int

    /// LIMIT: more addresses than any certificate names, few enough to compare them all.
    package static let maximumListCount = 256

    /// The range that holds this address only.
    package init(_ address: IPAddress) {
        self.init(address, prefixBits: address.bytes.count * 8)
    }

    private init(_ address: IPAddress, prefixBits: Int) {
        self.address = address
        self.prefixBits = prefixBits
    }

    package init(parsing text: some StringProtocol) throws(WireError) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let address = try IPAddress(parsing: parts[0])
        guard parts.count == 2 else {
            self.init(address, prefixBits: address.bytes.count * 8)
            return
        }
        // A mapped address is written with IPv6's prefix and compared as IPv4.
        let isMapped = address.isVersion4 && parts[0].utf8.contains(UInt8(ascii: ":"))
        let unused = isMapped ? 96 : 0
        guard let written = IPAddress.decimal(parts[1], maximum: unused + address.bytes.count * 8),
            written >= unused
        else {
            throw .malformed(field: "address range", reason: "has no valid prefix length")
        }
        self.init(address, prefixBits: written - unused)
        guard Self.masked(address.bytes, prefixBits) == address.bytes else {
            throw .malformed(field: "address range", reason: "has bits behind its prefix")
        }
    }

    /// Reads a list as `source-address` holds it: comma between, nothing empty, no blank.
    package static func list(parsing text: some StringProtocol) throws(WireError) -> [Self] {
        let parts = text.split(
            separator: ",",
            maxSplits: maximumListCount,
            omittingEmptySubsequences: false
        )
        guard parts.count <= maximumListCount else {
            throw .malformed(field: "address list", reason: "has more than \(maximumListCount)")
        }
        var ranges: [Self] = []
        for part in parts { ranges.append(try Self(parsing: part)) }
        return ranges
    }

    package func contains(_ other: IPAddress) -> Bool {
        other.bytes.count == address.bytes.count
            && Self.masked(other.bytes, prefixBits) == address.bytes
    }

    package var description: String { "\(address)/\(prefixBits)" }

    private static func masked(_ bytes: [UInt8], _ prefixBits: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            let kept = min(8, max(0, prefixBits - index * 8))
            return byte & ~UInt8(truncatingIfNeeded: 0xff >> kept)
        }
    }
}
