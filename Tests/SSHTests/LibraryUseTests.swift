import Foundation
import TestSupport
import Testing

/// What of libssh is called at all: weaknesses of the rest are not ours.
@Suite struct `the use of libssh` {
    /// What copies files, reads configuration or key files, starts programs, or reads text of people.
    private static let unused = [
        "sftp_", "ssh_scp_", "ssh_options_parse_config", "ssh_bind_options_parse_config",
        "ssh_pki_import_privkey_file", "ssh_pki_import_pubkey_file", "ssh_pki_import_cert_file",
        "ssh_pki_export", "ssh_get_hexa", "ssh_print_hexa", "ssh_userauth_agent",
        "ssh_session_update_known_hosts", "PROXYCOMMAND",
    ]

    private func calls() throws -> Set<String> {
        var names: Set<String> = []
        let files = [("Sources/SSH", "swift"), ("Sources/CLibSSH", "c"), ("Sources/CLibSSH", "h")]
        for (folder, suffix) in files {
            for path in try RepositoryFile.paths(under: folder, suffix: ".\(suffix)") {
                let text = try RepositoryFile(path).lines.joined(separator: "\n")
                for match in text.matches(of: /\b(?:ssh|sftp)_[a-z0-9_]+|\bSSH_[A-Z_]+/) {
                    names.insert(String(match.output))
                }
            }
        }
        return names
    }

    @Test func `calls nothing of libssh that copies files or reads configuration`() throws {
        let calls = try calls()

        // The public half of a key is read out of libssh, and nothing else of one.
        let permitted: Set = ["ssh_pki_export_pubkey_base64"]
        let found = calls.subtracting(permitted).filter { name in
            Self.unused.contains { name.contains($0) }
        }
        #expect(found.isEmpty)
        #expect(calls.contains("ssh_channel_write") && calls.contains("ssh_connect"))
        #expect(calls.contains("SSH_OPTIONS_PROCESS_CONFIG"))
        #expect(calls.contains("SSH_BIND_OPTIONS_PROCESS_CONFIG"))
    }
}
