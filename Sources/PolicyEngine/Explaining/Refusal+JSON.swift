package import ShellSyntax

/// What stands around a refusal in the line for programs.
package struct RefusalEnvelope: Hashable, Sendable {
    /// As the client sent it: it proves whose answer this is.
    let nonce: String?
    let session: String
    /// Whether it is no decision at all: the bastion or the target cannot do it.
    let isUnavailable: Bool
    let exitStatus: UInt32
    let approvalRequest: String?
    /// Which input an approval would be for; nil where none would help.
    let input: String?

    package init(
        nonce: String?,
        session: String,
        isUnavailable: Bool,
        exitStatus: UInt32,
        approvalRequest: String?,
        input: String?
    ) {
        self.nonce = nonce
        self.session = session
        self.isUnavailable = isUnavailable
        self.exitStatus = exitStatus
        self.approvalRequest = approvalRequest
        self.input = input
    }
}

/// The line for programs; `docs/formats/refusal.md` is its description.
extension Refusal {
    /// One line with its end; actions that would make it too long are left out.
    package func line(in envelope: RefusalEnvelope, atMost limit: Int) -> String {
        for count in stride(from: parts.count, through: 0, by: -1) {
            let shorter = Refusal(
                ruling: ruling,
                parts: Array(parts.prefix(count)),
                reason: reason,
                place: place
            )
            let line = shorter.line(in: envelope)
            if line.utf8.count <= limit { return line }
        }
        return Refusal(ruling: ruling, parts: [], reason: "").line(in: envelope)
    }

    private func line(in envelope: RefusalEnvelope) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        // First, so that a reader knows the line by its beginning.
        writer.key("sallyport")
        writer.bare("1")
        if let nonce = envelope.nonce {
            writer.key("nonce")
            writer.string(nonce)
        }
        writer.key("session")
        writer.string(envelope.session)
        writer.key("exitStatus")
        writer.bare("\(envelope.exitStatus)")
        if let request = envelope.approvalRequest {
            writer.key("approvalRequest")
            writer.string(request)
        }
        if let input = envelope.input {
            writer.key("input")
            writer.string(input)
        }
        write(to: &writer, isUnavailable: envelope.isUnavailable)
        writer.endObject()
        return String(decoding: writer.text, as: UTF8.self) + "\n"
    }

    /// Writes `decision`, `reason`, `rules` and `actions` into an object that is begun.
    package func write(to writer: inout JSONWriter, isUnavailable: Bool = false) {
        writer.key("decision")
        writer.string(isUnavailable ? "unavailable" : "\(ruling)")
        writer.key("reason")
        writer.string(reason)
        var rules: [String] = []
        for rule in parts.flatMap(\.rules) where !rules.contains(rule) { rules.append(rule) }
        writer.key("rules")
        writer.strings(rules)
        writer.key("actions")
        writeParts(to: &writer)
        if let place { writer.members(of: place) }
    }

    /// Writes the list of the actions that are denied or want an approval.
    func writeParts(to writer: inout JSONWriter) {
        writer.beginArray()
        for part in parts { Self.write(part, to: &writer) }
        writer.endArray()
    }

    private static func write(_ part: RefusalPart, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("action")
        writer.string(part.action)
        writer.key("decision")
        writer.string("\(part.ruling)")
        writer.members(of: part.range)
        writer.key("rules")
        writer.strings(part.rules)
        if !part.undecidedRules.isEmpty {
            writer.key("mayBeForbiddenBy")
            writer.strings(part.undecidedRules)
        }
        if let reason = part.reason {
            writer.key("reason")
            writer.string(reason)
        }
        if let instead = part.instead {
            writer.key("instead")
            writer.string(instead)
        }
        writer.endObject()
    }
}

extension JSONWriter {
    /// Bytes of the command line, in the object that is open.
    mutating func members(of range: Range<Int>) {
        key("start")
        bare("\(range.lowerBound)")
        key("end")
        bare("\(range.upperBound)")
    }

    mutating func strings(_ values: [String]) {
        beginArray()
        for value in values { string(value) }
        endArray()
    }
}
