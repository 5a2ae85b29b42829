import Authority
import Foundation
import PolicyEngine
import SSHWire
import StrictYAML
import Testing

@Suite struct `a settings file` {
    private func read(_ text: String) throws(RefusedFiles) -> Settings {
        try Settings.read(Array(text.utf8), file: "sallyport.yaml", directory: "/etc/sallyport")
            .value
    }

    private func findings(_ text: String) -> [String] {
        do throws(RefusedFiles) {
            _ = try read(text)
            return []
        } catch {
            return error.findings.map(\.description)
        }
    }

    @Test func `that is empty has all defaults`() throws {
        let settings = try read("")
        #expect(settings.listen.map(\.description) == ["[::]:2222"])
        #expect(settings.stateDirectory == "/etc/sallyport/state")
        #expect(settings.adminSocket == .closed(path: "/etc/sallyport/state/admin.sock"))
        #expect(settings.hostKey == .file(path: "/etc/sallyport/keys/host_ed25519"))
        #expect(settings.certificateAuthority == .file(path: "/etc/sallyport/keys/ca_ed25519"))
        #expect(settings.authorityID == 1)
        #expect(
            settings.inventoryPaths.map(\.path)
                == ["/etc/sallyport/inventory.yaml", "/etc/sallyport/inventory.d"]
        )
        #expect(settings.policyPaths.map(\.path) == ["/etc/sallyport/policies"])
        #expect(settings.limits == ConnectionLimits())
        #expect(settings.penalties == PenaltySettings())
        #expect(settings.proxies.isEmpty)
        #expect(settings.recording == RecordingSettings())
        #expect(settings.diskReserve == DiskReserveSettings())
        #expect(settings.administrators.isEmpty)
        #expect(settings.spares == 2)
        #expect(settings.deciders == 2)
        #expect(settings.logLevel == .info)
    }

    @Test func `gives one source a quarter of the pending connections`() throws {
        for (pending, share) in [(3, 1), (128, 32), (1000, 250)] {
            let settings = try read("limits: {pending-connections: \(pending)}")
            #expect(settings.limits.pendingConnectionsPerSource == share)
        }
    }

    @Test func `gives one principal a quarter of the connections`() throws {
        for (connections, share) in [(3, 1), (4096, 1024), (100_000, 25_000)] {
            let settings = try read("limits: {connections: \(connections)}")
            #expect(settings.limits.connectionsPerPrincipal == share)
        }
    }

    @Test func `may set everything`() throws {
        let fingerprint = "SHA256:" + String(repeating: "A", count: 43)
        let settings = try read(
            """
            listen: [127.0.0.1:0, "[::1]:22"]
            state-directory: /var/lib/sallyport
            host-key: {file: /keys/host}
            certificate-authority: {agent: /run/agent.sock, fingerprint: \(fingerprint)}
            authority-id: 65535
            inventory: [a.yaml, /etc/b]
            policies: [p, /usr/share/k]
            client-environment: [DEPLOY_*, GIT_PROTOCOL]
            limits:
              login-grace: 10s
              sign-in-tries: 3
              pending-connections: 7
              pending-connections-per-source: 6
              connections: 8
              connections-per-principal: 7
              sessions-per-connection: 9
              sessions-per-principal: 11
              idle-timeout: none
              session-idle-timeout: 1m
              connection-time-limit: 366d
              session-time-limit: none
              keepalive: 5s
              rekey-bytes: 1MiB
              rekey-interval: 1m
              drain-timeout: 0s
              setup-timeout: 5m
            penalties: {noauth: 0s, min: 1m, max: 1d, overflow: deny-all, exempt: ["10.0.0.0/8", "::1"]}
            recording: {strict: false, input: true, maximum-bytes: 1GiB, overflow: end, bytes-per-principal-and-day: none}
            proxy-protocol: {from: ["10.0.0.1", "2001:db8::/64"]}
            disk-reserve: {percent: 0, bytes: 0KiB, end-percent: 0}
            administrators:
              - {unix-user: root, principal: human:alice, role: administrator}
              - {uid: 1000, principal: human:bob, role: viewer}
            admin-socket: /run/sallyport/admin.sock
            spares: 1
            deciders: 1
            log-level: debug
            """
        )
        #expect(settings.listen.map(\.description) == ["127.0.0.1:0", "[::1]:22"])
        #expect(
            settings.certificateAuthority
                == .agent(socketPath: "/run/agent.sock", sha256: [UInt8](repeating: 0, count: 32))
        )
        #expect(settings.authorityID == 65_535)
        #expect(settings.inventoryPaths.map(\.path) == ["/etc/sallyport/a.yaml", "/etc/b"])
        #expect(settings.clientEnvironment.allows(.init(name: "DEPLOY_X", value: [])))
        #expect(settings.limits.idleTimeout == nil)
        #expect(settings.limits.sessionIdleTimeout == .seconds(60))
        #expect(settings.limits.connectionTimeLimit == .seconds(366 * 86_400))
        #expect(settings.limits.sessionTimeLimit == nil)
        #expect(settings.limits.connectionsPerPrincipal == 7)
        #expect(settings.limits.sessionsPerPrincipal == 11)
        #expect(settings.limits.rekeyBytes == 1 << 20)
        #expect(settings.limits.sessionsPerConnection == 9)
        #expect(settings.limits.pendingConnectionsPerSource == 6)
        #expect(settings.limits.drainTimeout == .zero)
        #expect(settings.penalties.noauth == .zero)
        #expect(settings.penalties.minimum == .seconds(60))
        #expect(settings.penalties.overflow == .denyAll)
        #expect(settings.penalties.exempt.map(\.description) == ["10.0.0.0/8", "::1/128"])
        #expect(settings.proxies.map(\.description) == ["10.0.0.1/32", "2001:db8::/64"])
        #expect(!settings.recording.isStrict)
        #expect(settings.recording.overflow == .end)
        #expect(settings.recording.bytesPerPrincipalAndDay == nil)
        #expect(settings.diskReserve.neededBytes(of: 1 << 40) == 0)
        #expect(settings.diskReserve.endBytes(of: 1 << 40) == 0)
        #expect(settings.administrators.map(\.account) == [.userName("root"), .uid(1000)])
        #expect(settings.administrators[0].role > settings.administrators[1].role)
        #expect(settings.adminSocket == .open(path: "/run/sallyport/admin.sock"))
        #expect(settings.policyPaths.map(\.path) == ["/etc/sallyport/p", "/usr/share/k"])
        #expect(settings.logLevel == .debug)
    }

    @Test func `has the admin socket either where it always is, or where others get to it`()
        throws
    {
        #expect(try read("admin-socket: run/s").adminSocket == .open(path: "/etc/sallyport/run/s"))
        #expect(
            findings("admin-socket: state/admin.sock") == [
                "sallyport.yaml:1: `admin-socket`: must not be in the state directory, where nobody "
                    + "else gets: leave it out, or name a folder of its own"
            ]
        )
        #expect(findings("admin-socket: state2/admin.sock").isEmpty)
        let long = String(repeating: "x", count: 107)
        #expect(findings("admin-socket: /\(long)").count == 1)
        #expect(findings("admin-socket: /\(long.dropLast())").isEmpty)
    }

    @Test func `is refused with all that is wrong with it`() {
        let text = """
            listen: ["::1"]
            statedirectory: x
            host-key: {file: a, agent: b}
            authority-id: 65536
            client-environment: [LD_PRELOAD, "*"]
            limits: {login-grace: 60, keepalife: 1s}
            recording: {strict: yes, maximum-bytes: 64MB}
            administrators:
              - {uid: 0, unix-user: root, principal: human:alice, role: administrator}
              - {uid: 0, principal: alice, role: admin}
            log-level: verbose
            """
        #expect(
            findings(text) == [
                "sallyport.yaml:1: `listen`: expected an address like `10.0.0.1:22`, "
                    + "`[2001:db8::1]:22` or `host:22`, found `::1`",
                "sallyport.yaml:2: unknown key `statedirectory`, expected one of `admin-socket`, "
                    + "`administrators`, `authority-id`, `certificate-authority`, `client-environment`, "
                    + "`deciders`, `disk-reserve`, `export`, "
                    + "`host-key`, `inventory`, `limits`, `listen`, `log-level`, `penalties`, `policies`, "
                    + "`process-account`, `proxy-protocol`, `recording`, `spares`, `state-directory`; did you mean `state-directory`?",
                "sallyport.yaml:3: `host-key`: expected either `file`, or `agent` and `fingerprint`",
                "sallyport.yaml:4: `authority-id`: expected a number from 1 to 65535, found `65536`",
                "sallyport.yaml:5: `client-environment`: `LD_PRELOAD` can never be allowed: it runs "
                    + "code, finds programs or changes how a shell reads",
                "sallyport.yaml:5: `client-environment`: expected a variable's name, or the beginning "
                    + "of one and `*`, found `*`",
                "sallyport.yaml:6: `login-grace`: expected a duration from `5s` to `10m`, like `90s`, "
                    + "`10m`, `2h` or `7d`, found `60`",
                "sallyport.yaml:6: unknown key `keepalife`, expected one of "
                    + "`connection-time-limit`, `connections`, `connections-per-principal`, "
                    + "`drain-timeout`, `idle-timeout`, `keepalive`, `login-grace`, "
                    + "`pending-connections`, `pending-connections-per-source`, `rekey-bytes`, "
                    + "`rekey-interval`, `session-idle-timeout`, `session-time-limit`, "
                    + "`sessions-per-connection`, `sessions-per-principal`, `setup-timeout`, "
                    + "`sign-in-tries`; did you mean `keepalive`?",
                "sallyport.yaml:7: `strict`: expected `true` or `false`, found `yes`",
                "sallyport.yaml:7: `maximum-bytes`: expected a size from `64KiB` to `1TiB`, like "
                    + "`512KiB`, `64MiB` or `1GiB`, found `64MB`",
                "sallyport.yaml:9: `administrators`: expected either `unix-user` or `uid`",
                "sallyport.yaml:10: `principal`: expected a principal like `human:alice`, found "
                    + "`alice`",
                "sallyport.yaml:10: `role`: expected one of `viewer`, `auditor`, `operator`, "
                    + "`administrator`, found `admin`",
                "sallyport.yaml:11: `log-level`: expected one of `trace`, `debug`, `info`, `notice`, "
                    + "`warning`, `error`, `critical`, found `verbose`",
            ]
        )
    }

    @Test(arguments: [
        "host-key: {file: keys/x}\ncertificate-authority: {file: keys/x}",
        "certificate-authority: {file: keys/host_ed25519}",
        "host-key: {agent: a.sock}",
        "host-key: {file: a, fingerprint: \"SHA256:\"}",
        "host-key: {agent: a.sock, fingerprint: MD5:00}",
        "listen: []", "listen: [\"[::]:22\", \"[::]:22\"]", "inventory: []",
        "state-directory: /" + String(repeating: "x", count: 97),
        "administrators: [{uid: 0, principal: human:a, role: viewer}, {uid: 0, principal: human:b, role: viewer}]",
        "administrators: [{uid: 4294967295, principal: human:a, role: viewer}]",
        "disk-reserve: {percent: 3, end-percent: 4}", "disk-reserve: {percent: 91}",
        "proxy-protocol: {from: [\"::/0\"]}", "proxy-protocol: {}", "proxy-protocol: {from: [a]}",
        "recording: {bytes-per-principal-and-day: 1KiB}", "penalties: {min: 20m}",
        "penalties: {exempt: [10.0.0.1/8]}", "penalties: {min: 0s}",
        "authority-id: 0", "spares: 65", "deciders: 0", "limits: []", "recording: ~",
    ])
    func `is refused for what would not work`(_ text: String) {
        #expect(findings(text).count == 1)
    }

    @Test func `never traps its reader, whatever is changed in it`() {
        var state: UInt64 = 99
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let seed = StarterFiles.settings(
            listen: "[::]:2222",
            administratorUID: 0,
            administrator: "human:alice",
            knowledge: "/usr/share/k k"
        )
        let alphabet = Array("abk:@*{}[],-\"'\\# \n0~".utf8)
        for _ in 0..<1000 {
            var bytes = Array(seed.utf8.filter { _ in true })
            for _ in 0..<1 + next(5) {
                let at = next(bytes.count)
                switch next(3) {
                case 0: bytes[at] = alphabet[next(alphabet.count)]
                case 1: bytes.insert(alphabet[next(alphabet.count)], at: at)
                default: bytes.removeSubrange(at..<min(bytes.count, at + next(30)))
                }
            }
            do throws(RefusedFiles) {
                _ = try Settings.read(bytes, file: "f", directory: "/")
            } catch {
                #expect(!error.findings.isEmpty)
            }
        }
    }
}

@Suite struct `the starter files` {
    private let key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB it's \"me\" é"

    @Test func `are accepted by our own readers`() throws {
        let text = StarterFiles.settings(
            listen: "127.0.0.1:2222",
            administratorUID: 1000,
            administrator: "human:alice",
            knowledge: "/usr/share/k k"
        )
        let settings = try Settings.read(Array(text.utf8), file: "s", directory: "/d")
        #expect(settings.warnings.isEmpty)
        #expect(settings.value.administrators.map(\.account) == [.uid(1000)])
        #expect(settings.value.limits == ConnectionLimits())
        #expect(settings.value.recording == RecordingSettings())
        for keys in [[], [key]] {
            let inventory = StarterFiles.inventory(administrator: "human:alice", publicKeys: keys)
            let file = SourceFile(name: "i", bytes: Array(inventory.utf8))
            let accepted = try Inventory.read([file])
            #expect(accepted.warnings.isEmpty)
            #expect(accepted.value.principals.first?.keys.map(\.description) == keys)
        }
    }

    @Test func `mean what their comments show, when those are taken away`() throws {
        var text = StarterFiles.inventory(administrator: "human:alice", publicKeys: [])
        text = text.replacingOccurrences(of: "ssh-ed25519 AAAA…", with: key)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(3)
        let uncommented: [String] = lines.map { line in
            let isProse = line.contains("sallyport target scan") || line.contains("acts on behalf")
            guard !isProse, let hash = line.firstIndex(of: "#") else { return String(line) }
            return String(line[..<hash] + line[line.index(hash, offsetBy: 2)...])
        }
        // Both keys are the same one now, which is refused: nothing else may be.
        let bytes = Array(uncommented.joined(separator: "\n").utf8)
        do throws(RefusedFiles) {
            _ = try Inventory.read([SourceFile(name: "i", bytes: bytes)])
            Issue.record("accepted")
        } catch {
            let errors = error.findings.filter { $0.severity == .error }
            #expect(errors.count == 1)
            #expect(errors.first?.message.hasPrefix("the host key of `web1` is the key of") == true)
        }
    }
}
