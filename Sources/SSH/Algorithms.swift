/// What is offered: no SHA-1, no CBC, no group below 2048 bits, no compression; to clients, nothing
/// that `ssh-audit` finds fault with.
///
/// A list holds for both legs unless its name says for which.
enum Algorithms {
    /// Of what clients have; one that has no curve of these has a group.
    ///
    /// Whoever may connect makes us compute: the largest group costs ten times as much as that of 4096 bits.
    static let inboundKeyExchange = [
        "curve25519-sha256", "curve25519-sha256@libssh.org", "diffie-hellman-group16-sha512",
    ].joined(separator: ",")

    /// Of what targets have that nobody updates.
    static let outboundKeyExchange = [
        "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256",
        "ecdh-sha2-nistp384", "ecdh-sha2-nistp521", "diffie-hellman-group16-sha512",
        "diffie-hellman-group18-sha512", "diffie-hellman-group14-sha256",
    ].joined(separator: ",")

    /// As server the client's preference wins.
    static let inboundCiphers = [
        "aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "chacha20-poly1305@openssh.com",
        "aes256-ctr", "aes192-ctr", "aes128-ctr",
    ].joined(separator: ",")

    /// As client ours does: AES-GCM is the fastest that libssh has.
    static let outboundCiphers = [
        "aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com",
        "aes256-ctr", "aes192-ctr", "aes128-ctr",
    ].joined(separator: ",")

    /// Of the ciphers without an authentication of their own; over what is encrypted, not what it was.
    static let inboundAuthentication = [
        "hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com",
    ].joined(separator: ",")

    static let outboundAuthentication = [
        "hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256",
        "hmac-sha2-512",
    ].joined(separator: ",")

    /// By this name: libssh takes its word `no` for "none, or zlib after the sign-in".
    static let compression = "none"

    /// What a client may sign in with.
    ///
    /// Debian's default lacks one of the security key forms.
    static let clientKeys = [
        "ssh-ed25519-cert-v01@openssh.com", "sk-ssh-ed25519-cert-v01@openssh.com",
        "ecdsa-sha2-nistp256-cert-v01@openssh.com", "ecdsa-sha2-nistp384-cert-v01@openssh.com",
        "ecdsa-sha2-nistp521-cert-v01@openssh.com",
        "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", "rsa-sha2-512-cert-v01@openssh.com",
        "rsa-sha2-256-cert-v01@openssh.com", "ssh-ed25519", "sk-ssh-ed25519@openssh.com",
        "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ecdsa-sha2-nistp256@openssh.com", "rsa-sha2-512", "rsa-sha2-256",
    ].joined(separator: ",")

    static let ownCertificate = "ssh-ed25519-cert-v01@openssh.com"
}
