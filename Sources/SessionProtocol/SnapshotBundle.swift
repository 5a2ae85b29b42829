package import SSHWire

/// The files that a decider decides from, as one piece of bytes.
///
/// A decider opens no file: it reads this from the descriptor that comes with `load`. The
/// encoding is a string with the name of the format, a count, and for each file what it is a part of,
/// and two strings.
package struct SnapshotBundle: Hashable, Sendable {
    package enum Part: UInt8, Hashable, Sendable, CaseIterable {
        /// Principals, targets and grants.
        case inventory = 1
        /// Policies and knowledge.
        case rules = 2
    }

    /// One file, as the authority read it.
    package struct File: Hashable, Sendable {
        package let part: Part
        /// For findings; nobody opens it.
        package let path: String
        package let bytes: [UInt8]

        package init(_ part: Part, path: String, bytes: [UInt8]) {
            self.part = part
            self.path = path
            self.bytes = bytes
        }
    }

    private static let format = "sallyport-snapshot-v2"
    package static let maximumFiles = 1024
    package static let maximumPathBytes = 4096
    package static let maximumFileBytes = 8 * 1024 * 1024
    /// LIMIT: a decider has 256 MiB of address space for this and for what it makes of it.
    package static let maximumBytes = 16 * 1024 * 1024

    package let files: [File]

    package init(files: [File]) { self.files = files }

    package func encoded() -> [UInt8] {
        var writer = WireWriter()
        writer.text(Self.format)
        writer.list(files) { writer, file in
            writer.byte(file.part.rawValue)
            writer.text(file.path)
            writer.string(file.bytes)
        }
        return writer.bytes
    }

    package init(decoding bytes: [UInt8]) throws(WireError) {
        guard bytes.count <= Self.maximumBytes else {
            throw .tooLong(field: "snapshot", limit: Self.maximumBytes)
        }
        var reader = WireReader(bytes)
        guard try reader.text("format", limit: 64) == Self.format else {
            throw .malformed(field: "format", reason: "is not `\(Self.format)`")
        }
        files = try reader.list("files", limit: Self.maximumFiles) { reader throws(WireError) in
            File(
                try reader.choice("part"),
                path: try reader.text("path", limit: Self.maximumPathBytes),
                bytes: try reader.bytes("file", limit: Self.maximumFileBytes)
            )
        }
        try reader.end()
    }
}
