package import SSHWire

/// What a client's certificate forbids its bearer, beyond what Sallyport itself forbids.
package struct CertificateRestrictions: Hashable, Sendable {
    /// The only command line that the bearer may run.
    package let forceCommand: [UInt8]?
    /// Where the bearer may come from; the peer's address is checked already.
    package let sourceAddresses: [AddressRange]?
    /// What the bearer's security key must have seen, if it is one.
    package let gesture: SecurityKeyGesture
    package let permitsTerminal: Bool

    init(of fields: CertificateFields) throws(CertificateError) {
        let criticalOptions: CriticalOptions
        let extensions: Set<String>
        do {
            criticalOptions = try CriticalOptions(fields.criticalOptions)
            extensions = try Self.flags(among: fields.extensions)
        } catch {
            throw .malformedOption(error)
        }
        if let name = criticalOptions.unknownName { throw .unknownCriticalOption(name) }
        forceCommand = criticalOptions.forceCommand
        sourceAddresses = criticalOptions.sourceAddresses
        gesture =
            if criticalOptions.isVerifyRequired {
                .verification
            } else {
                extensions.contains(OptionName.noTouchRequired) ? .none : .presence
            }
        permitsTerminal = extensions.contains(OptionName.permitTerminal)
    }

    /// The extensions that this version knows; unknown ones permit nothing, so they are ignored.
    private static func flags(
        among extensions: [CertificateOption]
    ) throws(WireError) -> Set<String> {
        var names: Set<String> = []
        for option in extensions where knownExtensions.contains(option.name) {
            try option.requireFlag()
            names.insert(option.name)
        }
        return names
    }

    private static let knownExtensions: Set = [
        OptionName.noTouchRequired, OptionName.permitAgentForwarding,
        OptionName.permitPortForwarding, OptionName.permitTerminal, OptionName.permitUserRC,
        OptionName.permitX11Forwarding,
    ]
}

/// The critical options of a certificate, read.
private struct CriticalOptions {
    private(set) var forceCommand: [UInt8]?
    private(set) var sourceAddresses: [AddressRange]?
    private(set) var isVerifyRequired = false
    /// An option that this version does not know: the certificate must not be taken.
    private(set) var unknownName: String?

    init(_ options: [CertificateOption]) throws(WireError) {
        for option in options {
            switch option.name {
            case OptionName.forceCommand:
                forceCommand = try Self.command(in: option)
            case OptionName.sourceAddress:
                sourceAddresses = try Self.addresses(in: option)
            case OptionName.verifyRequired:
                try option.requireFlag()
                isVerifyRequired = true
            case let name:
                unknownName = name
            }
        }
    }

    private static func command(in option: CertificateOption) throws(WireError) -> [UInt8] {
        let command = try option.value()
        guard !command.isEmpty, !command.contains(0) else {
            throw .malformed(field: option.name, reason: "is empty or holds a NUL")
        }
        return command
    }

    private static func addresses(
        in option: CertificateOption
    ) throws(WireError) -> [AddressRange] {
        let value = try option.value()
        guard let text = String(validating: value, as: UTF8.self) else {
            throw .malformed(field: option.name, reason: "is not UTF-8")
        }
        return try AddressRange.list(parsing: text)
    }
}
