import SessionProtocol

/// What `sallyport init` writes: commented files that a reader of ours accepts as they are.
package enum StarterFiles {
    /// `sallyport.yaml`.
    ///
    /// The listen address is one that `NetworkAddress` reads; the administrator is the Unix user who
    /// runs `init`; knowledge is a path.
    package static func settings(
        listen: String,
        administratorUID: UInt32,
        administrator: String,
        knowledge: String
    ) -> String {
        """
        # Sallyport's settings. Every key is described in docs/formats/settings.md; what is not here
        # has its default. Relative paths begin at this file's directory.

        # Where clients connect to.
        listen:
          - "\(listen)"

        # The audit trail, the recordings and the admin socket.
        state-directory: state

        # The key that clients see, and the one that signs certificates for the targets: a file, or
        # a key in an ssh-agent: {agent: /run/sallyport/agent.sock, fingerprint: "SHA256:…"}.
        host-key:
          file: keys/host_ed25519
        certificate-authority:
          file: keys/ca_ed25519

        # Principals, targets and grants: files, and directories whose *.yaml are read.
        # A path in this list must exist.
        # inventory: [inventory.yaml, inventory.d]

        # What may be done: policies, and what is known of programs. Directories are read with their
        # folder `knowledge`. Without a policy, nothing is permitted.
        policies:
          - policies
          - \(YAMLText.quoted(knowledge))

        # What a client may set on a target beside LANG, LC_*, TZ, COLORTERM and NO_COLOR.
        client-environment: []

        # limits:
        #   login-grace: 60s
        #   idle-timeout: 12h

        recording:
          # A session that cannot be recorded ends.
          strict: true
          # Whether what is typed is recorded too, passwords included.
          input: false
          maximum-bytes: 64MiB
          # What happens then: the stream goes on as size and SHA-256 (digest), or the session ends.
          overflow: digest

        # Whose session processes and deciders are where this runs as root.
        # process-account: {unix-user: \(ProcessAccount.defaultName)}

        # Who may use the admin socket, and as whom.
        administrators:
          - uid: \(administratorUID)
            principal: \(administrator)
            role: administrator

        # Administrators with other accounts get to a socket in a folder of its own.
        # admin-socket: /run/sallyport/admin.sock

        """
    }

    /// `inventory.yaml` with one human and no target.
    package static func inventory(administrator: String, publicKeys: [String]) -> String {
        let keys =
            publicKeys.isEmpty
            ? "    keys: []\n"
            : "    keys:\n" + publicKeys.map { "      - \(YAMLText.quoted($0))\n" }.joined()
        return """
            # Who may do what where. Every key is described in docs/formats/inventory.md; more files
            # of the same form may lie in inventory.d.

            principals:
              \(administrator):
                roles: [sre]
            \(keys)
              # An agent acts on behalf of a human and is disabled together with them.
              # agent:copilot:
              #   owner: \(administrator)
              #   roles: [runbook]
              #   keys:
              #     - ssh-ed25519 AAAA… copilot

            # targets:
            #   web1:
            #     address: 192.0.2.10:22
            #     logins: [deploy]
            #     labels: {env: production}
            #     # `sallyport target scan web1` prints these; check them before you believe them.
            #     host-keys:
            #       - ssh-ed25519 AAAA…

            # grants:
            #   - name: sre-on-production
            #     roles: [sre]
            #     targets: {labels: {env: production}}
            #     logins: [deploy]
            #     requests: [exec, shell, terminal, sftp]

            """
    }
}
