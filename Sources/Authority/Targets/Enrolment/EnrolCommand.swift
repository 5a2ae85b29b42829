import PolicyEngine
import SSHKeys
import SSHWire
package import StrictYAML

/// `sallyport target enroll`: pins the host key that a host authority vouches for.
package struct EnrolCommand: Hashable, Sendable {
    /// Why the target is not enrolled.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case name(String)
        case address(String)
        case authorities(HostAuthorities.Refusal)
        case settings(RefusedFiles)
        case noSettings(path: String)
        case noDirectory(settings: String)
        case program(ProgramError)
        case refused(HostEnrolment.Refusal)
        case file(TargetFile.Refusal)

        package var description: String {
            switch self {
            case .name(let text): "`\(PrintableText.escaped(text))` is no name for a target"
            case .address(let text):
                "`\(PrintableText.escaped(text))` is not \(NetworkAddress.expected)"
            case .authorities(let error): error.description
            case .settings(let error): error.description
            case .noSettings(let path):
                "`\(path)` does not exist: say --config, or --print to write nothing"
            case .noDirectory(let settings):
                "`inventory` in `\(settings)` lists no directory for files of single targets: say "
                    + "--print and paste it"
            case .program(let error): error.description
            case .refused(let error): error.description
            case .file(let error): error.description
            }
        }
    }

    package let name: String
    package let address: String
    /// The text of a file, or a line.
    package let authorities: String
    /// The name that the certificate must hold; nil for the host of the address.
    package let certificateName: String?
    package let kinds: [HostKeyKind]
    package let details: TargetDetails
    package let isPrinting: Bool
    package let isReplacing: Bool

    package init(
        name: String,
        address: String,
        authorities: String,
        certificateName: String?,
        kinds: [HostKeyKind],
        details: TargetDetails,
        isPrinting: Bool,
        isReplacing: Bool
    ) {
        self.name = name
        self.address = address
        self.authorities = authorities
        self.certificateName = certificateName
        self.kinds = kinds
        self.details = details
        self.isPrinting = isPrinting
        self.isReplacing = isReplacing
    }

    /// Fetches, verifies and writes; `path` is where programs are looked for.
    package func run(
        settings: SettingsSource,
        path: String,
        now: UInt64
    ) throws(Failure) -> PrintedResult {
        guard let name = TargetName(name) else { throw .name(self.name) }
        guard let address = NetworkAddress(address, defaultPort: 22) else {
            throw .address(self.address)
        }
        let inventory = try inventory(settings)
        let enrolment = try enrolment(address, inventory, path, now)
        guard !isPrinting else {
            let known = inventory?.target(named: name.name)
            let stanza = stanza(name, address, enrolment, known)
            return PrintedResult(
                text: comment(enrolment, address, now) + stanza.text,
                notes: enrolment.reasons + details.note(known: known)
            )
        }
        guard let inventory else { throw .noSettings(path: settings.path) }
        guard let directory = inventory.directory else {
            throw .noDirectory(settings: settings.path)
        }
        let file = TargetFile(path: "\(directory)/\(name).yaml", among: inventory.files)
        do throws(TargetFile.Refusal) {
            let known = try file.target(named: name)
            AtomicFile.makeDirectory(directory)
            let warnings = try file.write(
                stanza(name, address, enrolment, known),
                comment: comment(enrolment, address, now),
                replacing: isReplacing
            )
            return PrintedResult(
                text: "",
                notes: enrolment.reasons + details.note(known: known) + warnings
                    + ["`\(name)` is in \(file.path): `sallyport reload` brings it into force"]
            )
        } catch {
            throw .file(error)
        }
    }

    private func inventory(_ settings: SettingsSource) throws(Failure) -> KnownInventory? {
        do throws(RefusedFiles) {
            return try KnownInventory.load(settings)
        } catch {
            throw .settings(error)
        }
    }

    private func enrolment(
        _ address: NetworkAddress,
        _ inventory: KnownInventory?,
        _ path: String,
        _ now: UInt64
    ) throws(Failure) -> HostEnrolment {
        let trusted: Set<PublicKey>
        do throws(HostAuthorities.Refusal) {
            trusted = try HostAuthorities(parsing: authorities).keys
        } catch {
            throw .authorities(error)
        }
        let output: KeyScanOutput
        do throws(ProgramError) {
            output = try KeyScan(.certificates, of: address, kinds: kinds).run(path: path)
        } catch {
            throw .program(error)
        }
        do throws(HostEnrolment.Refusal) {
            return try HostEnrolment(
                output,
                name: certificateName ?? address.host.description,
                verifiedBy: HostCertificateVerification(
                    trustedAuthorities: trusted,
                    revokedKeys: inventory?.revokedKeys(among: trusted, output) ?? []
                ),
                at: now
            )
        } catch {
            throw .refused(error)
        }
    }

    private func stanza(
        _ name: TargetName,
        _ address: NetworkAddress,
        _ enrolment: HostEnrolment,
        _ known: Target?
    ) -> TargetStanza {
        details.stanza(
            name,
            at: address,
            keys: enrolment.pins.map {
                TargetStanza.Key($0.key.key, validBeforeUnixSeconds: $0.validBeforeUnixSeconds)
            },
            known: known
        )
    }

    /// The head of the file.
    private func comment(
        _ enrolment: HostEnrolment,
        _ address: NetworkAddress,
        _ now: UInt64
    ) -> String {
        let pins = enrolment.pins.map { pin in
            let end = pin.validBeforeUnixSeconds.flatMap(InternetTime.text)
            return """
                #   \(pin.key.name)  \(pin.key.fingerprint)
                #     by \(pin.authority), key id `\(pin.keyID)`, \
                \(end.map { "until \($0)" } ?? "without an end")
                """
        }
        return """
            # Host certificates of \(address), verified at \
            \(InternetTime.text(unixSeconds: now) ?? "?"):
            \(pins.joined(separator: "\n"))
            # After that time nobody is connected: enroll it again with --replace before.

            """
    }
}
