package import PolicyEngine
package import StrictYAML

/// `sallyport target scan`: shows the host keys of a machine, and pins those that were expected.
package struct ScanCommand: Hashable, Sendable {
    /// Why the command ends without what was asked of it.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case address(String)
        case name(String)
        case expectationMissing
        case settings(RefusedFiles)
        case program(ProgramError)
        case scan(TargetScan.Refusal, at: NetworkAddress)
        /// The target is described in another file than the one to write.
        case elsewhere(name: TargetName, location: SourceLocation)
        case file(TargetFile.Refusal)

        package var description: String {
            switch self {
            case .address(let text):
                "`\(PrintableText.escaped(text))` is neither a target of the inventory nor "
                    + NetworkAddress.expected
            case .name(let text):
                "`\(PrintableText.escaped(text))` is no name for a target: say --name"
            case .expectationMissing:
                "--write needs --expect: a key that nobody compared is not pinned"
            case .settings(let error): error.description
            case .program(let error): error.description
            case .scan(let error, let address): error.text(at: address)
            case .elsewhere(let name, let location):
                "`\(name)` is in \(PrintableText.escaped(location.file)), line \(location.line), "
                    + "already: put the keys under its `host-keys` there; without --write they are "
                    + "printed"
            case .file(let error): error.description
            }
        }
    }

    package let subject: String
    package let kinds: [HostKeyKind]
    package let details: TargetDetails
    package let name: String?
    /// Fingerprints that a person brought from elsewhere.
    package let expected: [String]
    /// The file to write; nil prints only.
    package let file: String?
    package let isReplacing: Bool

    package init(
        subject: String,
        kinds: [HostKeyKind],
        details: TargetDetails,
        name: String?,
        expected: [String],
        file: String?,
        isReplacing: Bool
    ) {
        self.subject = subject
        self.kinds = kinds
        self.details = details
        self.name = name
        self.expected = expected
        self.file = file
        self.isReplacing = isReplacing
    }

    /// Scans; `path` is where programs are looked for.
    package func run(
        settings: SettingsSource,
        path: String,
        now: UInt64
    ) throws(Failure) -> PrintedResult {
        guard file == nil || !expected.isEmpty else { throw .expectationMissing }
        let inventory = try inventory(settings)
        let known = inventory?.target(named: subject)
        guard let address = known?.address ?? NetworkAddress(subject, defaultPort: 22) else {
            throw .address(subject)
        }
        let name = try targetName(address, known)
        let output: KeyScanOutput
        do throws(ProgramError) {
            output = try KeyScan(.keys, of: address, kinds: kinds).run(path: path)
        } catch {
            throw .program(error)
        }
        let scan: TargetScan
        let pinned: [ScannedKey]
        do throws(TargetScan.Refusal) {
            scan = try TargetScan(output, kinds: kinds)
            pinned = expected.isEmpty ? scan.keys : try scan.keys(expecting: expected)
        } catch {
            throw .scan(error, at: address)
        }
        let described = known ?? inventory?.target(named: name.name)
        if let described, described.address == address, expected.isEmpty {
            return compared(described, scan, inventory, now)
        }
        let stanza = details.stanza(
            name,
            at: address,
            keys: pinned.map { TargetStanza.Key($0.key) },
            known: described
        )
        let report = ScanReport(address: address, scan: scan, pinned: pinned, stanza: stanza)
        let notes = scan.problems + details.note(known: known)
        guard let file else {
            return expected.isEmpty
                ? PrintedResult(text: report.unverified, notes: notes + [ScanReport.nothingWritten])
                : PrintedResult(text: report.verified(at: now), notes: notes)
        }
        let written = try write(stanza, report.comment(at: now), to: file, inventory)
        return PrintedResult(text: "", notes: notes + written)
    }

    /// What the inventory knows already is compared with what is there now.
    private func compared(
        _ target: Target,
        _ scan: TargetScan,
        _ inventory: KnownInventory?,
        _ now: UInt64
    ) -> PrintedResult {
        let comparison = PinComparison(
            target,
            scan,
            kinds: kinds,
            at: now,
            in: inventory?.place(of: target.name)
        )
        return PrintedResult(
            text: comparison.text,
            notes: scan.problems,
            isFinding: !comparison.isSame
        )
    }

    private func inventory(_ settings: SettingsSource) throws(Failure) -> KnownInventory? {
        do throws(RefusedFiles) {
            return try KnownInventory.load(settings)
        } catch {
            throw .settings(error)
        }
    }

    private func targetName(
        _ address: NetworkAddress,
        _ known: Target?
    ) throws(Failure) -> TargetName {
        if let known, name == nil { return known.name }
        // An IPv6 address has colons, which no name holds.
        let text =
            name
            ?? String(address.host.description.map { $0 == ":" ? "-" : $0 }.drop { $0 == "-" })
        guard let name = TargetName(text) else { throw .name(text) }
        return name
    }

    /// Returns what to say about it.
    private func write(
        _ stanza: TargetStanza,
        _ comment: String,
        to file: String,
        _ inventory: KnownInventory?
    ) throws(Failure) -> [String] {
        let path = inventory?.pathOfBastion(for: file)
        if let path, let place = inventory?.place(of: stanza.name), place.location.file != path {
            throw .elsewhere(name: stanza.name, location: place.location)
        }
        do throws(TargetFile.Refusal) {
            guard let inventory, let path else {
                return try TargetFile(path: file, among: []).write(
                    stanza,
                    comment: comment,
                    replacing: isReplacing
                ) + ["`\(file)` is written, and no `inventory` of the settings names it yet"]
            }
            return try TargetFile(path: path, among: inventory.files).write(
                stanza,
                comment: comment,
                replacing: isReplacing
            ) + ["`\(stanza.name)` is in \(path): `sallyport reload` brings it into force"]
        } catch {
            throw .file(error)
        }
    }
}
