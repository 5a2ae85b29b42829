/// An address or a block of addresses, as the `source-address` of a certificate lists them.
package struct SourceAddresses: Hashable, Sendable, CustomStringConvertible {
    static let expected = "an address or block like `192.0.2.7` or `2001:db8::/48`"

    package let address: IPAddress
    package let prefixBits: Int

    /// Nil where the text is no such block, or has bits below its prefix; sshd refuses those.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = IPAddress(String(parts[0])) else {
            return nil
        }
        let width = address.bytes.count * 8
        var bits = width
        if parts.count == 2 {
            guard let value = Int(parts[1]), (1...width).contains(value),
                String(value) == String(parts[1])
            else { return nil }
            bits = value
        }
        let hasHostBits = (bits..<width).contains { bit in
            address.bytes[bit / 8] & (0x80 >> UInt8(bit % 8)) != 0
        }
        guard !hasHostBits else { return nil }
        self.address = address
        prefixBits = bits
    }

    package var description: String { "\(address)/\(prefixBits)" }
}
