import AuditTrail
import Foundation
import PolicyEngine
import SSHKeys
import SessionProtocol
import StrictYAML
import TestSupport
import Testing

@testable import Authority

@Suite struct `a health report` {
    private let bad = Diagnosis.error("disk", "full", "make room")

    @Test func `is as bad as the worst that was found`() {
        let table: [([Diagnosis], Diagnosis.Level, Int32)] = [
            ([], .ok, 0), ([.ok("a", "b")], .ok, 0),
            ([.warning("a", "b", "c"), .ok("a", "b")], .warning, 1),
            ([.warning("a", "b", "c"), bad], .error, 2),
        ]
        for (findings, level, status) in table {
            #expect(HealthReport(findings).level == level)
            #expect(HealthReport(findings).exitStatus == status)
        }
    }

    @Test func `says to a person what to do`() {
        #expect(
            HealthReport([.ok("a", "b"), .error("settings", "one\ntwo", "change it")]).lines == [
                "ok      a: b", "error   settings: one", "          two", "          → change it",
            ]
        )
    }
}

@Suite struct `a Debian version` {
    private static let versions = [
        "0.10.6-0+deb12u1", "0.10.6-0+deb12u2", "0.10.6-0+deb12u3", "0.10.6-0+deb12u10",
        "0.10.6-0+deb12u3~bpo11+1", "0.10.6-2build2", "0.10.6", "0.10.6-0", "0.9.8-0+deb11u1",
        "0.11.2-1+deb13u1", "0.11.0~rc1-1", "1:0.1-1", "0.10.6-0+deb12u3+b1", "0.10.06-0+deb12u3",
        "1.0a", "1.0", "1.0-1-1", "1.0+", "1.0.", "1.0~", "1.0~~",
    ]

    @Test func `is ordered as dpkg orders it`() async throws {
        let program = try #require(ProgramSearch.find("dpkg", in: ProgramSearch.defaultPath))
        var lines = ""
        for left in Self.versions {
            for right in Self.versions {
                lines += "\(program) --compare-versions '\(left)' lt '\(right)'; echo $?\n"
            }
        }
        let outcome = try await Command("sh").reading(lines).run()
        var answers = outcome.lines[...]
        for left in Self.versions {
            for right in Self.versions {
                let (first, second) = (
                    try #require(DebianVersion(left)), try #require(DebianVersion(right))
                )
                #expect((first < second) == (answers.removeFirst() == "0"), "\(left) \(right)")
            }
        }
    }

    @Test(arguments: ["", "x", "-1", "1 0", "a:1", "1\u{e9}", "1_0", ":1"])
    func `is none where dpkg knows none`(_ text: String) {
        #expect(DebianVersion(text) == nil)
    }
}

@Suite struct `the check of libssh` {
    @Test(
        arguments: [
            ("ii  0.10.6-0+deb12u3\n", .ok), ("ii  0.10.6-0+deb12u10\n", .ok),
            ("ii  0.11.2-1+deb13u1\n", .ok), ("ii  0.10.6-0+deb12u2\n", .error),
            ("ii  0.10.6-0+deb12u3\nii  0.9.8-0+deb11u1\n", .error),
            ("rc  0.9.8-0+deb11u1\nii  0.10.6-0+deb12u3\n", .ok), ("rc  0.9.8-1\n", .warning),
            ("", .warning), (nil, .warning),
        ] as [(String?, Diagnosis.Level)]
    )
    func `goes by the patch level of the package`(_ packages: String?, _ level: Diagnosis.Level) {
        #expect(LibraryCheck.judge(packages: packages).level == level)
    }
}

@Suite struct `the check of the machine` {
    @Test func `wants a clock that is kept right and does not go back`() {
        let now = SystemCheck.earliestSeconds + 1000
        #expect(SystemCheck.clock(now, lastRecord: now, isSynchronised: true).level == .ok)
        #expect(SystemCheck.clock(now, lastRecord: nil, isSynchronised: nil).level == .ok)
        #expect(SystemCheck.clock(now, lastRecord: nil, isSynchronised: false).level == .warning)
        #expect(SystemCheck.clock(now, lastRecord: now + 60, isSynchronised: true).level == .error)
        #expect(SystemCheck.clock(1000, lastRecord: nil, isSynchronised: true).level == .error)
    }

    @Test func `wants descriptors for the connections that are allowed`() {
        #expect(SystemCheck.descriptors(524_288, connections: 4096).level == .ok)
        #expect(SystemCheck.descriptors(4096, connections: 4096).level == .warning)
        #expect(SystemCheck.descriptors(100, connections: 1).level == .error)
    }

    @Test func `tells of Landlock and does not insist on it`() {
        #expect(ConfinementCheck.landlock(7).level == .ok)
        #expect(ConfinementCheck.landlock(-1).level == .warning)
        #expect(ConfinementCheck.landlock(-1).text.contains("the kernel has none"))
    }

    @Test func `tells whose the processes are`() {
        let own = ConfinementCheck.account(.success(nil), name: "x", own: 1000)
        let other = ProcessAccount(user: 990, group: 990)
        let given = ConfinementCheck.account(.success(other), name: "x", own: 0)
        let missing = ConfinementCheck.account(.failure(.missing(name: "x")), name: "x", own: 0)

        #expect(own.level == .ok && own.text.contains("as this account, uid 1000"))
        #expect(given.level == .ok && given.text.contains("as `x`, uid 990"))
        #expect(missing.level == .error && missing.remedy?.contains("useradd") == true)
    }

    @Test func `wants room for audit trail and recordings`() {
        let gigabyte: UInt64 = 1 << 30
        #expect(StateCheck.judgeDisk(freeBytes: 9 * gigabyte, freeFiles: .max).level == .ok)
        #expect(StateCheck.judgeDisk(freeBytes: gigabyte, freeFiles: .max).level == .warning)
        #expect(StateCheck.judgeDisk(freeBytes: 1000, freeFiles: .max).level == .error)
        #expect(StateCheck.judgeDisk(freeBytes: 9 * gigabyte, freeFiles: 10).level == .error)
    }

    @Test func `wants what the reserve wants, for audit trail and recordings`() {
        let reserve = DiskReserveSettings()
        let plenty = DiskSpace(total: 1 << 40, free: 1 << 39)
        var few = plenty
        few.files = .init(total: 100_000, free: 4_999)
        #expect(
            StateCheck.judgeDisk([.recordings: plenty, .auditTrail: plenty], reserve).level == .ok
        )
        let lacks = StateCheck.judgeDisk([.recordings: few, .auditTrail: plenty], reserve)
        let text = "4999 more files can be made for recordings, fewer than 5000"
        #expect(lacks == StateCheck.reserved(text))
        few.files = .init(total: 10_000, free: 999)
        let judged = StateCheck.judgeDisk([.recordings: plenty, .auditTrail: few], reserve)
        #expect(judged.level == .error && judged.text == "only 999 more files can be made")
    }

    @Test(.enabled(if: SmallDisk.canBeMade, "\(SmallDisk.reason)"), arguments: [0, 64])
    func `counts files where the file system does`(_ files: Int) throws {
        let disk = try SmallDisk(bytes: 1 << 20, files: files)
        let space = try #require(DiskSpace(at: disk.path))
        // Its folder is one.
        #expect(space.files == (files == 0 ? nil : .init(total: 64, free: 63)))
        #expect(DiskRoom(of: disk.path)?.freeFiles == (files == 0 ? .max : 63))
    }
}

@Suite struct `the check of the state directory` {
    private func level(_ facts: FileFacts?) -> Diagnosis.Level {
        StateCheck.judge(facts, path: "/s", account: 1000).level
    }

    @Test func `wants it to be ours alone`() {
        #expect(level(nil) == .ok)
        #expect(level(FileFacts(kind: .directory, mode: 0o700, owner: 1000)) == .ok)
        #expect(level(FileFacts(kind: .directory, mode: 0o750, owner: 1000)) == .error)
        #expect(level(FileFacts(kind: .directory, mode: 0o700, owner: 0)) == .error)
        #expect(level(FileFacts(kind: .regular, mode: 0o700, owner: 1000)) == .error)
    }

    @Test func `looks at every directory above it`() throws {
        #expect(FileFacts.parents(of: "/a/b/c") == ["/a/b", "/a", "/"])
        #expect(FileFacts.parents(of: "/a") == ["/"])
        let folder = try Folder()
        try folder.setMode(0o777, of: "")
        #expect(StateCheck.openParents(of: "\(folder.path)/state") == [folder.path])
        // As /tmp is: nobody removes what is somebody else's.
        try folder.setMode(0o1777, of: "")
        #expect(StateCheck.openParents(of: "\(folder.path)/state").isEmpty)
    }
}

@Suite struct `the check of the listening address` {
    @Test func `says what is there and what to do`() throws {
        let address = try Hosts.address("127.0.0.1:2222")
        let table: [(PortCheck.State, Diagnosis.Level)] = [
            (.free, .ok), (.chosenAtStart, .ok), (.taken(isOurs: true), .ok),
            (.taken(isOurs: false), .error), (.taken(isOurs: nil), .warning), (.forbidden, .error),
            (.notHere, .error), (.failed("x"), .error),
        ]
        for (state, level) in table {
            let finding = PortCheck.judge(state, address)
            #expect(finding.level == level)
            #expect((finding.remedy == nil) == (level == .ok))
        }
    }
}

@Suite struct `the check of pinned keys` {
    @Test func `tells in time that they end`() throws {
        let end: UInt64 = 1_800_000_000
        let text = """
            targets:
              web1:
                address: web1
                logins: [deploy]
                host-keys:
                  - key: \(Hosts.line(Ed25519SigningKey.generate()))
                    valid-before: 2027-01-15T08:00:00Z
              web2:
                address: web2
                logins: [deploy]
                host-keys: ["\(Hosts.line(Ed25519SigningKey.generate()))"]
            """
        let file = SourceFile(name: "x", bytes: Array(text.utf8))
        let targets = try Inventory.read([file]).value.targets
        let week: UInt64 = 7 * 86_400

        #expect(SettingsCheck.expiries(targets, end - 4 * week).isEmpty)
        #expect(SettingsCheck.expiries(targets, end - week).map(\.level) == [.warning])
        #expect(SettingsCheck.expiries(targets, end).map(\.level) == [.error])
    }
}

@Suite struct `the check of endings` {
    @Test func `is content where nothing is in doubt`() {
        #expect(EndingsCheck.judge([]).level == .ok)
    }

    @Test func `says on which targets something may still run`() throws {
        let finding = EndingsCheck.judge([
            UnsureEndings(target: "web1", sessions: 2), UnsureEndings(target: "db1", sessions: 1),
        ])
        #expect(finding.level == .warning)
        #expect(
            finding.text
                == "what 3 sessions of the last day ran may still run on `web1` (2 sessions), "
                + "`db1` (1 session)"
        )
        #expect(try #require(finding.remedy).contains("sallyport audit --kind session-ended"))
    }

    @Test func `names a few targets and counts the others`() {
        let endings = (0..<7).map { UnsureEndings(target: "t\($0)", sessions: 1) }
        #expect(EndingsCheck.judge(endings).text.hasSuffix("`t4` (1 session), 2 other targets"))
    }
}

@Suite struct `the check of the settings` {
    private func findings(_ path: String) -> [Diagnosis] {
        SettingsCheck.run(settingsPath: path, now: 0).findings
    }

    @Test func `says how to come by a file that is not there`() throws {
        let folder = try Folder()
        let missing = try #require(findings("\(folder.path)/sallyport.yaml").first)

        #expect(missing.level == .error)
        #expect(missing.text == "`\(folder.path)/sallyport.yaml` does not exist")
        #expect(try #require(missing.remedy).contains("sallyport init DIR"))
    }

    @Test func `says once that something is a warning`() throws {
        let folder = try Folder()
        try folder.write("", to: "sallyport.yaml")
        try folder.write("", to: "inventory.yaml")
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/policies",
            withIntermediateDirectories: false
        )
        try folder.write(
            "policy: 1\nname: p\nrules: [{id: r, permit: any}]\n",
            to: "policies/p.yaml"
        )
        try folder.write(
            "knowledge: 1\nprograms: {x: {does: system.read}}\n",
            to: "policies/k.yaml"
        )
        try folder.setMode(0o660, of: "sallyport.yaml")
        let warnings = findings("\(folder.path)/sallyport.yaml").filter { $0.level == .warning }

        #expect(
            warnings.map(\.text) == ["\(folder.path)/sallyport.yaml: may be written by its group"]
        )
        #expect(warnings.map(\.remedy) == ["change the file, then `sallyport reload`"])
    }
}
