import AuditTrail

/// What a client promises to send on standard input, which it is held to.
enum InputPromise: Hashable, Sendable {
    case nothing
    /// What has this SHA-256.
    case input(digest: [UInt8])

    /// Of `SALLYPORT_INPUT`: `none`, or `sha256:` with 64 hexadecimal digits.
    init?(_ text: String) {
        if text == "none" {
            self = .nothing
            return
        }
        let prefix = AuditEvent.Decided.Input.digestPrefix
        guard text.hasPrefix(prefix), let digest = Hexadecimal.bytes(text.dropFirst(prefix.count)),
            digest.count == 32
        else { return nil }
        self = .input(digest: digest)
    }
}
