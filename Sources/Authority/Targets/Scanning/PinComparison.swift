import PolicyEngine
import SSHWire
import StrictYAML

/// What a target of the inventory shows now, beside what is pinned for it.
struct PinComparison: Hashable, Sendable {
    /// Where the inventory describes it.
    struct Place: Hashable, Sendable {
        /// The line of its name; the file alone where nobody knows.
        let location: SourceLocation
        /// Whether the file holds this target and nothing else, so that it can be written anew.
        let isAlone: Bool
    }

    let target: Target
    let shown: [ScannedKey]
    /// Of the kinds that were asked for; those whose time is over left out.
    let pinned: [ScannedKey]
    /// Nil where it stands in no file of the inventory.
    let place: Place?

    /// `kinds` is what the host was asked for.
    init(
        _ target: Target,
        _ scan: TargetScan,
        kinds: [HostKeyKind],
        at now: UInt64,
        in place: Place?
    ) {
        self.target = target
        self.place = place
        shown = scan.keys
        pinned = target.hostKeys(atUnixSeconds: now).compactMap { pin in
            // What the inventory took is a key.
            do { return ScannedKey(try PublicKey(parsing: pin.line.blob)) } catch { return nil }
        }
        .filter { pin in kinds.contains { $0.includes(pin.key.type) } }
    }

    var missing: [ScannedKey] { pinned.filter { !shown.contains($0) } }

    /// Whether it shows everything that is pinned, and there is something.
    var isSame: Bool { !pinned.isEmpty && missing.isEmpty }

    /// Comments, and lines of YAML where there is something to be done.
    var text: String {
        var lines = ["# \(target.name) (\(target.address)) shows these host keys:"]
        lines += ScanReport.rows(shown) { pinned.contains($0) ? "pinned" : "not pinned" }
        if !missing.isEmpty {
            lines.append("# These are pinned, and it does not show them:")
            lines += ScanReport.rows(missing) { _ in nil }
        }
        if isSame {
            lines.append("# It is the machine that the inventory knows. Nothing is to be done.")
            return lines.joined(separator: "\n") + "\n"
        }
        lines +=
            pinned.isEmpty
            ? ["# Nothing that counts is pinned: nobody is connected to it."]
            : [
                "# It was set up anew, it is another machine, or somebody stands between. Nobody is",
                "# connected to what does not prove a pinned key.",
            ]
        return (lines + whatToDo).joined(separator: "\n") + "\n" + keyLines
    }

    private var whatToDo: [String] {
        let file = place?.location.file ?? "the inventory"
        let first = shown.first?.fingerprint ?? "SHA256:…"
        var lines = [
            "# Compare each fingerprint with the machine's own, on its console:",
            "#   ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub",
        ]
        if place?.isAlone == true {
            lines += [
                "# Where they are the same, let the expected one be written:",
                "#   sallyport target scan \(target.name) --expect \(first) \\",
                "#     --write \(file) --replace",
                "# or put these lines in the place of its `host-keys` there; then `sallyport reload`:",
            ]
        } else {
            let line = place.map { "\(file), line \($0.location.line)" } ?? file
            lines += [
                "# Where they are the same, put these lines in the place of its `host-keys` in",
                "# \(line); then `sallyport reload`:",
            ]
        }
        return lines
    }

    private var keyLines: String {
        TargetStanza(target, keys: shown.map { TargetStanza.Key($0.key) }).indentedKeyLines
    }
}

extension KnownInventory {
    /// Where a target is described.
    func place(of target: TargetName) -> PinComparison.Place? {
        for file in files {
            // The same bytes were accepted before: what is found now was found then.
            let root = YAMLFile.root(of: file.bytes, file: file.name, findings: Findings())
            guard let groups = root?.entries else { continue }
            let targets = groups.first { $0.name == "targets" }?.value.entries ?? []
            guard let entry = targets.first(where: { $0.name == target.name }) else { continue }
            return PinComparison.Place(
                location: entry.key.location,
                isAlone: groups.count == 1 && targets.count == 1
            )
        }
        return nil
    }
}

extension YAMLNode {
    fileprivate var entries: [Entry]? {
        guard case .mapping(let entries) = content else { return nil }
        return entries
    }
}
