import PolicyEngine
import StrictYAML

/// What a target's sshd has to be told so that Sallyport gets in, and nothing else does by those
/// accounts.
///
/// Everything stands inside `Match User`, which overrides what the rest of sshd_config says: the
/// authority is trusted for these accounts alone, and other accounts are left as they are.
package struct TargetSnippet: Hashable, Sendable {
    /// Why there is no snippet.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case start(StartError)
        case unknownTarget(String)
        case path(String)

        package var description: String {
            switch self {
            case .start(let error): error.description
            case .unknownTarget(let name):
                "`\(PrintableText.escaped(name))` is not in the inventory"
            case .path(let path):
                "`\(PrintableText.escaped(path))` is no plain absolute path"
            }
        }
    }

    /// Where the key of the authority lies on the target.
    package static let defaultAuthorityPath = "/etc/ssh/sallyport_ca.pub"
    /// Where the names of `certificate-principal: login@target` lie; sshd puts the login for `%u`.
    static let principalsDirectory = "/etc/ssh/sallyport_principals"
    static let snippetPath = "/etc/ssh/sshd_config.d/10-sallyport.conf"

    private let target: Target
    /// A line of a `.pub` file.
    private let authority: String
    private let authorityPath: String

    /// `authorityPath` is one that sshd reads as one word.
    init(target: Target, authority: String, authorityPath: String) {
        self.target = target
        self.authority = authority
        self.authorityPath = authorityPath
    }

    /// The snippet of a target of the inventory.
    package static func text(
        for name: String,
        settingsPath: String,
        authorityPath: String = defaultAuthorityPath
    ) throws(Failure) -> String {
        guard isPlainPath(authorityPath) else { throw .path(authorityPath) }
        let snapshot: Snapshot
        do throws(RefusedFiles) {
            snapshot = try Snapshot.load(settingsPath: settingsPath).value
        } catch {
            throw .start(.settings(error))
        }
        guard let known = TargetName(name).flatMap({ snapshot.inventory.target(named: $0) }) else {
            throw .unknownTarget(name)
        }
        let authority: String
        do throws(StartError) {
            authority = try PublicKeys.certificateAuthority(settingsPath: settingsPath)
        } catch {
            throw .start(error)
        }
        return TargetSnippet(target: known, authority: authority, authorityPath: authorityPath).text
    }

    private static func isPlainPath(_ path: String) -> Bool {
        path.hasPrefix("/") && path.utf8.count <= SettingsPaths.maximumBytes
            && path.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "/._+-".utf8.contains($0)
                }
            }
    }

    /// The file, with how to install it as its head.
    package var text: String {
        ([
            "# sshd settings of the target `\(target.name)` for Sallyport. On the target, as root:",
            "#",
            "# 1. Save the key of the bastion's authority; only root may write it:",
            "#      echo '\(authority)' >\(authorityPath)",
            "#      chmod 644 \(authorityPath)",
        ] + principalsHelp + [
            "# \(lastStep). Save this file as \(Self.snippetPath)",
            "#    (sshd_config of Debian includes that directory first), or put it at the",
            "#    end of /etc/ssh/sshd_config. A Match block for the same accounts that",
            "#    stands before it wins.",
            "# \(lastStep + 1). Check and load it:  sshd -t && systemctl reload ssh",
            "# \(lastStep + 2). On the bastion:  sallyport doctor target \(target.name)",
            "",
            "# For all accounts: a file of theirs must not set BASH_ENV, PATH or LD_PRELOAD.",
            "PermitUserEnvironment no",
            "",
            "# Each session is a connection of its own. Where sshd drops them, raise this:",
            "#MaxStartups 100:30:200",
            "# OpenSSH 9.8 and later may punish the bastion for failures of its users:",
            "#PerSourcePenaltyExemptList ADDRESS-OF-THE-BASTION",
            "",
            "Match User \(target.logins.map(\.name).joined(separator: ","))",
        ] + settings.map { "    " + $0 } + [
            "", "# Ends the block, for what may follow.", "Match all",
        ])
        .joined(separator: "\n") + "\n"
    }

    private var lastStep: Int { principalsHelp.isEmpty ? 2 : 3 }

    /// How the file of principals is made; none is needed where the certificate names the login.
    private var principalsHelp: [String] {
        switch target.certificatePrincipal {
        case .login: []
        case .loginAtTarget:
            [
                "# 2. Save which name in a certificate stands for which account:",
                "#      mkdir -p \(Self.principalsDirectory)",
            ]
                + target.logins.map {
                    "#      echo '\(target.validPrincipal(for: $0))' "
                        + ">\(Self.principalsDirectory)/\($0)"
                } + ["#      chmod -R go-w,a+rX \(Self.principalsDirectory)"]
        }
    }

    private var settings: [String] {
        [
            "# The certificate must come from this authority,",
            "TrustedUserCAKeys \(authorityPath)",
        ] + principals + [
            "# and nothing else opens these accounts.",
            "AuthenticationMethods publickey",
            "PubkeyAuthentication yes",
            "AuthorizedKeysFile none",
            "AuthorizedKeysCommand none",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "HostbasedAuthentication no",
            "PermitEmptyPasswords no",
        ] + root + [
            "# What runs is what the certificate says: no command of sshd_config instead,",
            "ForceCommand none",
            "# no file of the account before it,",
            "PermitUserRC no",
            "# and no way around it.",
            "DisableForwarding yes",
            "AllowTcpForwarding no",
            "AllowStreamLocalForwarding no",
            "AllowAgentForwarding no",
            "X11Forwarding no",
            "GatewayPorts no",
            "PermitTunnel no",
        ]
    }

    private var principals: [String] {
        switch target.certificatePrincipal {
        case .login:
            [
                "# for the account whose name it bears. (Where sshd_config has an",
                "# AuthorizedPrincipalsFile for all, that file must list the account's own",
                "# name. `none` is no value here: inside Match, sshd takes it for a file.)",
            ]
        case .loginAtTarget:
            [
                "# for an account of this very machine,",
                "AuthorizedPrincipalsFile \(Self.principalsDirectory)/%u",
            ]
        }
    }

    private var root: [String] {
        guard target.logins.contains(where: { $0.name == "root" }) else { return [] }
        return [
            "# For root too, as long as the certificate says what runs.",
            "PermitRootLogin forced-commands-only",
        ]
    }
}
