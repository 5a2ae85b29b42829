import AuditTrail
import Glibc
import MessageSockets
import PolicyEngine
import SSHKeys
import SSHWire
import StrictYAML
import TestSupport
import Testing

@testable import Authority

@Suite struct `a limit of the settings` {
    @Test(arguments: [
        LimitCase("addresses to listen at", SettingsReader.maximumListenAddresses) { count in
            try read("listen: [\(list(count) { "127.0.0.1:\($0 + 1)" })]")
        },
        LimitCase("paths of the inventory", SettingsReader.maximumPaths) { count in
            try read("inventory: [\(list(count) { "f\($0)" })]")
        },
        LimitCase("administrators", SettingsReader.maximumAdministrators) { count in
            let items = list(count) { "{uid: \($0), principal: human:a, role: viewer}" }
            try read("administrators: [\(items)]")
        },
        LimitCase("exempt networks", AddressRangesReader.maximumCount) { count in
            try read("penalties: {exempt: [\(list(count) { "10.0.\($0 / 256).\($0 % 256)" })]}")
        },
        LimitCase("a time of penalties", Int(PenaltiesReader.longestSeconds)) { seconds in
            try read("penalties: {crash: \(seconds)s}")
        },
        LimitCase("a user's name", AdministratorReader.maximumUserNameBytes) { count in
            let name = String(repeating: "u", count: count)
            try read("administrators: [{unix-user: \(name), principal: human:a, role: viewer}]")
        },
        LimitCase("a path", SettingsPaths.maximumBytes) { count in
            try read("host-key: {file: /\(String(repeating: "f", count: count - 1))}")
        },
        LimitCase("the state directory", SettingsPaths.maximumStateDirectoryBytes) { count in
            try read("state-directory: /\(String(repeating: "s", count: count - 1))")
        },
        LimitCase("the socket of an agent", SettingsPaths.maximumSocketBytes) { count in
            let path = "/" + String(repeating: "a", count: count - 1)
            let fingerprint = "SHA256:" + String(repeating: "A", count: 43)
            try read("host-key: {agent: \(path), fingerprint: \(fingerprint)}")
        },
        LimitCase("variables of clients", CommandLimits.environmentCount) { count in
            try read("client-environment: [\(list(count) { "SITE_\($0)" })]")
        },
    ])
    func `is what is read, and one above is refused`(_ limit: LimitCase) {
        #expect(throws: Never.self) { try limit.take(limit.limit) }
        #expect(throws: RefusedFiles.self) { try limit.take(limit.limit + 1) }
    }

    private static func read(_ text: String) throws {
        _ = try Settings.read(Array(text.utf8), file: "sallyport.yaml", directory: "/etc")
    }

    private static func list(_ count: Int, _ item: (Int) -> String) -> String {
        (0..<count).map(item).joined(separator: ", ")
    }

    @Test func `of a socket's path is kept by the system too`() throws {
        let folder = try Folder()
        func bind(_ count: Int) throws {
            let socket = try UnixSocket.made()
            let name = String(repeating: "s", count: count - folder.path.utf8.count - 1)
            try UnixSocket.bind(socket, to: "\(folder.path)/\(name)")
        }
        #expect(throws: Never.self) { try bind(UnixSocket.maximumPathBytes) }
        #expect(throws: SocketError(call: "socket path", code: ENAMETOOLONG)) {
            try bind(UnixSocket.maximumPathBytes + 1)
        }
    }

    @Test func `of a lock with an end is told, not shortened in silence`() throws {
        let now = Timestamp(secondsSince1970: 1_800_000_000)
        func end(_ seconds: UInt64?) throws(LockTooLong) -> Timestamp? {
            try AdminRequest.Lock(subject: "web1", seconds: seconds).end(after: now)
        }
        let most = AdminLimits.lockSeconds
        #expect(try end(nil) == nil)
        #expect(try end(most) == Timestamp(secondsSince1970: 1_800_000_000 + most))
        #expect(throws: LockTooLong(seconds: most + 1)) { try end(most + 1) }
    }
}

@Suite struct `a limit of the doctor` {
    @Test func `is how much room there is at least`() {
        func level(_ bytes: UInt64, _ files: UInt64 = .max) -> Diagnosis.Level {
            StateCheck.judgeDisk(freeBytes: bytes, freeFiles: files).level
        }
        #expect(level(StateCheck.warningFreeBytes) == .ok)
        #expect(level(StateCheck.warningFreeBytes - 1) == .warning)
        #expect(level(StateCheck.errorFreeBytes) == .warning)
        #expect(level(StateCheck.errorFreeBytes - 1) == .error)
        #expect(level(.max, StateCheck.errorFreeFiles) == .ok)
        #expect(level(.max, StateCheck.errorFreeFiles - 1) == .error)
    }

    @Test func `is how far in the future the last record is, and how few descriptors there are`() {
        let now = SystemCheck.earliestSeconds
        func clock(_ ahead: UInt64) -> Diagnosis.Level {
            SystemCheck.clock(now, lastRecord: now + ahead, isSynchronised: true).level
        }
        #expect(clock(SystemCheck.futureSeconds) == .ok)
        #expect(clock(SystemCheck.futureSeconds + 1) == .error)
        let least = SystemCheck.leastDescriptors
        #expect(SystemCheck.descriptors(least, connections: 1).level == .ok)
        #expect(SystemCheck.descriptors(least - 1, connections: 1).level == .error)
    }

    @Test func `is how long a version and how many authorities there are`() {
        #expect(DebianVersion(String(repeating: "1", count: 256)) != nil)
        #expect(DebianVersion(String(repeating: "1", count: 257)) == nil)
        func lines(_ count: Int) -> String {
            (0..<count).map { _ in World.line(Ed25519SigningKey.generate()) }
                .joined(separator: "\n")
        }
        #expect(throws: Never.self) { try HostAuthorities(parsing: lines(16)) }
        #expect(throws: HostAuthorities.Refusal.tooMany) { try HostAuthorities(parsing: lines(17)) }
    }
}
