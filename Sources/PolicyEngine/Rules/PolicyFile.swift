/// One policy file: its name for messages and its bytes.
package struct PolicyFile: Hashable, Sendable {
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Whether a file of a policy directory is one: whether its first key is `policy`.
    ///
    /// Knowledge files and schemas lie in the same directory.
    package var beginsAsPolicy: Bool {
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        let first = lines.first { line in
            let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
            return !text.isEmpty && text.first != UInt8(ascii: "#")
                && !text.elementsEqual("---".utf8)
        }
        return first?.starts(with: "policy:".utf8) ?? false
    }
}
