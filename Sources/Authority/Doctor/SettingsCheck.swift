import PlainText
import PolicyEngine
import StrictYAML

/// Whether settings and inventory are read as they are, and what they lack.
enum SettingsCheck {
    /// LIMIT: time enough to enroll a target again.
    static let expiryWarningSeconds: UInt64 = 14 * 86_400

    struct Reading {
        var findings: [Diagnosis] = []
        var settings: Settings?
        /// Nil where the inventory is refused.
        var snapshot: Snapshot?
    }

    static func run(settingsPath: String, now: UInt64) -> Reading {
        var reading = Reading()
        guard !Settings.isMissing(settingsPath) else {
            let text = "`\(PrintableText.escaped(settingsPath))` does not exist"
            reading.findings.append(.error("settings", text, Settings.missingRemedy))
            return reading
        }
        do throws(RefusedFiles) {
            let accepted = try Settings.load(path: settingsPath)
            reading.settings = accepted.value
            reading.findings += outcome(
                "settings",
                "`\(settingsPath)` is accepted",
                accepted.warnings
            )
        } catch {
            reading.findings.append(refusal("settings", error))
            return reading
        }
        reading.findings += openPlaces(reading.settings, settingsPath)
        if let settings = reading.settings {
            reading.findings += RulesCheck.run(settings, settingsPath: settingsPath)
        }
        do throws(RefusedFiles) {
            let accepted = try Snapshot.load(settingsPath: settingsPath)
            let inventory = accepted.value.inventory
            reading.snapshot = accepted.value
            let about = Set(reading.findings.map(\.text))
            reading.findings += outcome(
                "inventory",
                "\(inventory.principals.count.counted("principal")), "
                    + "\(inventory.targets.count.counted("target")), "
                    + "\(inventory.grants.count.counted("grant"))",
                accepted.warnings.filter { !about.contains($0.unmarked) }
            )
            reading.findings += expiries(inventory.targets, now)
        } catch {
            reading.findings.append(refusal("inventory", error))
        }
        return reading
    }

    private static func outcome(
        _ subject: String,
        _ text: String,
        _ warnings: [Finding]
    ) -> [Diagnosis] {
        guard !warnings.isEmpty else { return [.ok(subject, text)] }
        return warnings.map {
            .warning(subject, $0.unmarked, "change the file, then `sallyport reload`")
        }
    }

    private static func refusal(_ subject: String, _ error: RefusedFiles) -> Diagnosis {
        .error(
            subject,
            error.description,
            "docs/formats/\(subject).md describes every key; the bastion keeps what it had until "
                + "this is accepted"
        )
    }

    private static func openPlaces(_ settings: Settings?, _ settingsPath: String) -> [Diagnosis] {
        guard let settings else { return [] }
        var paths = (settings.inventoryPaths + settings.policyPaths).map(\.path)
        if settingsPath.hasPrefix("/") { paths.append(settingsPath) }
        for source in [settings.hostKey, settings.certificateAuthority] {
            switch source {
            case .file(let path): paths.append(path)
            case .agent(let path, _): paths.append(path)
            }
        }
        let open = Set(paths.flatMap(StateCheck.openParents))
        return open.sorted().map {
            .error(
                "permissions",
                "anybody may replace what is in `\($0)`",
                "run `chmod o-w` on it"
            )
        }
    }

    // MARK: Host keys that end

    static func expiries(_ targets: [Target], _ now: UInt64) -> [Diagnosis] {
        targets.compactMap { target in
            guard !target.hostKeys.isEmpty else { return nil }
            let remedy = "`sallyport target enroll \(target.name) … --replace`"
            guard !target.hostKeys(atUnixSeconds: now).isEmpty else {
                return .error(
                    "host-keys",
                    "the pinned keys of `\(target.name)` are no longer valid: nobody is connected",
                    remedy
                )
            }
            guard target.hostKeys(atUnixSeconds: now + expiryWarningSeconds).isEmpty else {
                return nil
            }
            let end = target.hostKeys.compactMap(\.validBeforeUnixSeconds).max()
            return .warning(
                "host-keys",
                "the pinned keys of `\(target.name)` end at "
                    + "\(end.flatMap(InternetTime.text) ?? "?")",
                remedy
            )
        }
    }
}
