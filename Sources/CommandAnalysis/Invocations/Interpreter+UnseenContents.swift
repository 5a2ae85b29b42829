import ShellSyntax

// Files that are written with what the line tells in full, or with what nobody tells.

extension Interpreter {
    /// What is to be told of a file beside that it is written.
    func newSettings(
        _ value: ParsedArguments.TypedValue,
        _ access: FileAccess,
        _ work: borrowing Performance,
        _ state: ShellState,
        _ frame: Frame
    ) -> [ForeseenAction.Attribute] {
        switch access {
        case .edit where work.isEditor && frame.input == .nothing && !work.isUnattended: [.open]
        case .write, .edit: plainSettings(value.value, work, state, frame)
        case .writeInto where work.downloads && isHome(value.value, state): [.extract]
        case .look, .read, .readTree, .backUp, .writeInto, .delete, .deleteTree, .permission,
            .device, .secret, .link:
            []
        }
    }

    /// Whether a tree that another host has is written into the home, where it may have anything.
    func isDownload(
        _ file: AbstractText,
        _ access: FileAccess,
        _ work: borrowing Performance,
        _ state: ShellState
    ) -> Bool {
        access == .writeInto && !work.remoteHosts.isEmpty && isHome(file, state)
    }

    private func isHome(_ file: AbstractText, _ state: ShellState) -> Bool {
        paths(of: file, state).allSatisfy(\.isHome)
    }
}

extension Performance {
    /// Whether somebody is to say what becomes of the files that it is given, and the line does not.
    fileprivate var isEditor: Bool {
        switch usage.input {
        case .code, .codeWithoutScript, .console, .consoleWithoutScript:
            // Behind these are commands, and files with such.
            !isUncertain
                && arguments.allSatisfy { argument in
                    guard case .one(let text) = argument else { return false }
                    if case .directory = text.pieces.first { return true }
                    guard let first = text.knownPrefix.utf8.first else { return false }
                    return first != UInt8(ascii: "-") && first != UInt8(ascii: "+")
                }
        case .ignored, .data, .dataWithoutFiles, .files, .operands: false
        }
    }

    fileprivate var isUnattended: Bool { parsed.has(.unattended) }

    /// Whether all that it writes comes from elsewhere.
    fileprivate var downloads: Bool {
        switch program {
        case "s3cmd", "aws", "az", "s5cmd", "gsutil", "gcloud", "mc", "mcli", "kubectl", "oc",
            "docker", "podman", "nerdctl", "lxc", "incus", "vagrant":
            true
        default: false
        }
    }
}

extension ForeseenAction.Attribute {
    /// Of files of which nobody tells what they are.
    static let extract = ForeseenAction.Attribute(.verb, .texts(["extract"]))
}
