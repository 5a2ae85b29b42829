/// Numbers and limits of the ssh-agent protocol (draft-ietf-sshm-ssh-agent).
///
/// A message is a `uint32` length and as many bytes, the first of which is its number.
package enum AgentMessage {
    static let failure: UInt8 = 5
    static let requestIdentities: UInt8 = 11
    static let identitiesAnswer: UInt8 = 12
    static let signRequest: UInt8 = 13
    static let signResponse: UInt8 = 14

    /// LIMIT: OpenSSH's `AGENT_MAX_LEN`; a longer message is refused by its agent too.
    package static let maximumBytes = 256 * 1024
    /// LIMIT: an agent with more keys than this is no place for an authority's key.
    package static let maximumIdentities = 256
    package static let maximumCommentBytes = 4096

    /// The first message in `bytes` with its length, or nil while it is not complete.
    ///
    /// What is read next begins `count` bytes further.
    package static func next(
        in bytes: [UInt8]
    ) throws(WireError) -> (message: ArraySlice<UInt8>, count: Int)? {
        var reader = WireReader(bytes)
        guard reader.remaining >= 4 else { return nil }
        let length = Int(try reader.uint32("agent message"))
        guard length > 0 else {
            throw .malformed(field: "agent message", reason: "is empty")
        }
        guard length <= maximumBytes else {
            throw .tooLong(field: "agent message", limit: maximumBytes)
        }
        guard reader.remaining >= length else { return nil }
        return (try reader.raw("agent message", count: length), 4 + length)
    }

    static func framed(_ number: UInt8, _ write: (inout WireWriter) -> Void) -> [UInt8] {
        var body = WireWriter()
        body.byte(number)
        write(&body)
        var frame = WireWriter(reserving: 4 + body.bytes.count)
        frame.string(body.bytes)
        return frame.bytes
    }
}
