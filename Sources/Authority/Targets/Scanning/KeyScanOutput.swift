package import SSHWire

/// What `ssh-keyscan` printed, read by our own parsers.
package struct KeyScanOutput: Hashable, Sendable {
    /// LIMIT: a host has a key of each kind; more lines than this are not from `ssh-keyscan`.
    static let maximumLines = 32

    /// Without their options and host names, in the order of the output, each once.
    package private(set) var lines: [PublicKeyLine] = []
    /// What could not be read, for people.
    package private(set) var problems: [String] = []

    init(
        standardOutput: [UInt8],
        standardError: [UInt8],
        subject: KeyScan.Subject
    ) {
        for line in Self.lines(of: standardOutput) {
            guard lines.count + problems.count < Self.maximumLines else {
                problems.append("more than \(Self.maximumLines) lines: the rest is not read")
                break
            }
            // Some versions print the host's banner here, and some on the standard error.
            guard !line.hasPrefix("#") else { continue }
            do throws(WireError) {
                let key = try Self.key(line, subject)
                if !lines.contains(key) { lines.append(key) }
            } catch {
                problems.append("a line of `ssh-keyscan` is not taken: \(error)")
            }
        }
        for line in Self.lines(of: standardError).prefix(Self.maximumLines)
        where !line.hasPrefix("#") {
            let text = "ssh-keyscan: \(PrintableText.escaped(line))"
            if !problems.contains(text) { problems.append(text) }
        }
    }

    /// A key stands behind the host's name, a certificate alone.
    private static func key(
        _ line: String,
        _ subject: KeyScan.Subject
    ) throws(WireError) -> PublicKeyLine {
        switch subject {
        case .certificates:
            return try PublicKeyLine(parsing: line)
        case .keys:
            guard let space = line.firstIndex(of: " ") else {
                throw .malformed(field: "host key", reason: "is not `HOST ALGORITHM BASE64`")
            }
            return try PublicKeyLine(parsing: line[line.index(after: space)...])
        }
    }

    /// ssh-keyscan ends some lines with CR LF, as its own log does on a terminal.
    private static func lines(of bytes: [UInt8]) -> [String] {
        bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
