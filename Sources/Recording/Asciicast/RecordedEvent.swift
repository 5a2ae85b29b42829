/// One event of a recording as a reader gives it: streams put together again, facts read.
package struct RecordedEvent: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case output(Output)
        /// What the client sent, exactly.
        case input([UInt8])
        case resize(columns: UInt16, rows: UInt16)
        case marker(String)
        case exit(status: UInt32)
        case fact(Fact)
        /// An event that this version does not know.
        case unknown(code: String)
    }

    /// What the program wrote.
    package struct Output: Hashable, Sendable {
        package let stream: OutputStream
        /// UTF-8, as a terminal shows it.
        package let text: [UInt8]
        /// The bytes as the program wrote them.
        package let exact: [UInt8]

        package init(stream: OutputStream, text: [UInt8], exact: [UInt8]) {
            self.stream = stream
            self.text = text
            self.exact = exact
        }
    }

    /// Microseconds since the start; never less than that of the event before.
    package let microseconds: Int64
    package let kind: Kind

    package init(microseconds: Int64, kind: Kind) {
        self.microseconds = microseconds
        self.kind = kind
    }
}
