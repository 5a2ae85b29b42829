/// A variable that a client asked to set with an `env` request (RFC 4254 §6.4).
package struct EnvironmentAssignment: Hashable, Sendable {
    package let name: String
    package let value: [UInt8]

    package init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }

    /// `[A-Za-z_][A-Za-z0-9_]*`: nothing that `env` could take for an option or a program.
    static func isName(_ name: String) -> Bool {
        let bytes = name.utf8
        guard bytes.count <= CommandLimits.environmentNameBytes, let first = bytes.first,
            isLetter(first) || first == UInt8(ascii: "_")
        else { return false }
        return bytes.allSatisfy { NameGrammar.isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        NameGrammar.isLetterOrDigit(byte)
            && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
