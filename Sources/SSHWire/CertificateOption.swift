/// A critical option or an extension of a certificate: a name and what its definition makes of the
/// rest.
package struct CertificateOption: Hashable, Sendable {
    package let name: String
    /// Empty for a flag; for all others that are defined, one `string` and nothing after it.
    package let content: [UInt8]

    package init(flag name: String) {
        self.name = name
        content = []
    }

    package init(name: String, value: some Collection<UInt8>) {
        self.name = name
        var writer = WireWriter(reserving: 4 + value.count)
        writer.string(value)
        content = writer.bytes
    }

    init(name: String, content: ArraySlice<UInt8>) {
        self.name = name
        self.content = [UInt8](content)
    }

    /// Asserts that the option is a flag.
    package func requireFlag() throws(WireError) {
        guard content.isEmpty else {
            throw .malformed(field: name, reason: "is a flag and holds a value")
        }
    }

    /// The one `string` that the option holds.
    package func value() throws(WireError) -> [UInt8] {
        var reader = WireReader(content)
        let value = try reader.string(name, limit: CertificateFields.maximumCriticalOptionBytes)
        try reader.end()
        return [UInt8](value)
    }

    /// Bytes of the option in a certificate.
    var encodedBytes: Int { 4 + name.utf8.count + 4 + content.count }

    static func write(_ options: [Self], to writer: inout WireWriter) {
        writer.uint32(UInt32(options.reduce(0) { $0 + $1.encodedBytes }))
        for option in options {
            writer.text(option.name)
            writer.string(option.content)
        }
    }

    /// Reads a sequence of options, whose names must ascend.
    ///
    /// OpenSSH's PROTOCOL.certkeys demands that order and that no name stands twice.
    static func readSequence(
        _ field: String,
        limit: Int,
        from reader: inout WireReader
    ) throws(WireError) -> [Self] {
        var sequence = WireReader(try reader.string(field, limit: limit))
        var options: [Self] = []
        while !sequence.isAtEnd {
            let name = try sequence.printableText(field, limit: Self.maximumNameBytes)
            guard !name.isEmpty else { throw .malformed(field: field, reason: "has no name") }
            if let last = options.last {
                guard last.name.utf8.lexicographicallyPrecedes(name.utf8) else {
                    throw .malformed(field: field, reason: "is out of order or stands twice")
                }
            }
            guard options.count < Self.maximumCount else {
                throw .tooLong(field: field, limit: limit)
            }
            options.append(Self(name: name, content: try sequence.string(field, limit: limit)))
        }
        return options
    }

    /// LIMIT: OpenSSH defines three critical options and seven extensions.
    static let maximumCount = 64
    /// LIMIT: a name with a domain, RFC 4251 §6.
    static let maximumNameBytes = 255
}

extension WireReader {
    /// Reads printable ASCII.
    ///
    /// Names that decide something are no more than that, because Swift holds strings for equal that
    /// differ in their bytes: `K` and the Kelvin sign are one letter to it, not to an authority.
    mutating func printableText(_ field: String, limit: Int) throws(WireError) -> String {
        let bytes = try string(field, limit: limit)
        guard bytes.allSatisfy({ (0x20...0x7e).contains($0) }) else {
            throw .malformed(field: field, reason: "is not printable ASCII")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
