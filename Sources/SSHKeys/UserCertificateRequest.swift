package import SSHWire

/// A certificate that Sallyport may sign: one login, one forced command, from known addresses, for
/// minutes.
///
/// INVARIANT: `init` refuses everything else, and there is no other way to a request, so no
/// certificate lacks a forced command, a source address, or its one principal.
package struct UserCertificateRequest: Hashable, Sendable {
    /// The 32 bytes of the Ed25519 key that was made for one transport.
    package let publicKey: [UInt8]
    package let serial: UInt64
    package let keyID: CertificateKeyID
    package let validPrincipal: String
    /// Seconds since 1970: the first at which the certificate is valid.
    package let validAfter: UInt64
    /// Seconds since 1970: the first at which the certificate is no longer valid.
    package let validBefore: UInt64
    package let forceCommand: [UInt8]
    package let sourceAddresses: [AddressRange]
    package let permitsTerminal: Bool
    package let nonce: [UInt8]

    /// LIMIT: ten minutes ahead, and 30 s back for clocks that differ.
    package static let maximumValiditySeconds: UInt64 = 10 * 60 + 30
    /// LIMIT: the kernel's 128 KiB for one argument, less what the login shell gets beside it; the
    /// same number as the limit of a wrapped command line between the processes.
    package static let maximumForceCommandBytes = 127 * 1024
    /// LIMIT: a bastion has few ways out; the list must fit beside the longest command.
    package static let maximumSourceAddresses = 16
    /// LIMIT: `login@target` needs no more.
    package static let maximumPrincipalBytes = 256

    package init(
        publicKey: [UInt8],
        serial: UInt64,
        keyID: CertificateKeyID,
        validPrincipal: String,
        validAfter: UInt64,
        validBefore: UInt64,
        forceCommand: [UInt8],
        sourceAddresses: [AddressRange],
        permitsTerminal: Bool,
        nonce: [UInt8]
    ) throws(CertificateRequestError) {
        guard publicKey.count == 32 else { throw .publicKeyLength(publicKey.count) }
        guard nonce.count == 32 else { throw .nonceLength(nonce.count) }
        guard Self.isOnePrincipal(validPrincipal) else { throw .principal }
        guard validAfter < validBefore else { throw .validityEmpty }
        guard validBefore - validAfter <= Self.maximumValiditySeconds else {
            throw .validityTooLong(validBefore - validAfter)
        }
        try Self.check(forceCommand)
        try Self.check(sourceAddresses)
        self.publicKey = publicKey
        self.serial = serial
        self.keyID = keyID
        self.validPrincipal = validPrincipal
        self.validAfter = validAfter
        self.validBefore = validBefore
        self.forceCommand = forceCommand
        self.sourceAddresses = sourceAddresses
        self.permitsTerminal = permitsTerminal
        self.nonce = nonce
    }

    /// Whether this is one name: no list, no blank, no pattern, nothing that reads as an option.
    private static func isOnePrincipal(_ name: String) -> Bool {
        (1...maximumPrincipalBytes).contains(name.utf8.count)
            && name.utf8.first != UInt8(ascii: "-")
            && name.utf8.allSatisfy { $0.isASCIILetterOrDigit || "._@/+:$-".utf8.contains($0) }
    }

    private static func check(_ forceCommand: [UInt8]) throws(CertificateRequestError) {
        guard !forceCommand.isEmpty else { throw .forceCommandEmpty }
        guard forceCommand.count <= maximumForceCommandBytes else {
            throw .forceCommandTooLong(forceCommand.count)
        }
        // sshd reads the command as a C string: what stands behind a NUL would not be run.
        guard !forceCommand.contains(0) else { throw .forceCommandHoldsNUL }
    }

    private static func check(_ ranges: [AddressRange]) throws(CertificateRequestError) {
        guard !ranges.isEmpty else { throw .sourceAddressMissing }
        guard ranges.count <= maximumSourceAddresses else {
            throw .sourceAddressesTooMany(ranges.count)
        }
        guard ranges.allSatisfy({ $0.prefixBits > 0 }) else { throw .sourceAddressUnlimited }
    }

    /// The request as the fields of a certificate, options in ascending order.
    func fields(signedBy authority: PublicKey) -> CertificateFields {
        let addresses = sourceAddresses.map(\.description).joined(separator: ",")
        return CertificateFields(
            nonce: nonce,
            publicKey: .ed25519(publicKey),
            serial: serial,
            type: .user,
            keyID: keyID.text,
            validPrincipals: [validPrincipal],
            validAfter: validAfter,
            validBefore: validBefore,
            criticalOptions: [
                CertificateOption(name: OptionName.forceCommand, value: forceCommand),
                CertificateOption(name: OptionName.sourceAddress, value: addresses.utf8),
            ],
            extensions: permitsTerminal ? [CertificateOption(flag: OptionName.permitTerminal)] : [],
            signatureKey: authority
        )
    }
}
