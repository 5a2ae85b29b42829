import CSystem
import Glibc
import Sandbox
import SessionProtocol
import Testing

@Suite struct `the sandbox` {
    /// By Landlock alone: without the list of system calls, and as the account of the tests.
    @Test(
        .enabled(if: sp_landlock_version() >= 6, "the kernel has no Landlock, or an older one"),
        arguments: [
            ("open", Probe.End.refused), ("truncate", .refused), ("connect_network", .refused),
            ("bind_network", .refused), ("kill_parent", .failed(EPERM)),
            ("abstract_socket", .failed(EPERM)), ("socket", .succeeded), ("append", .succeeded),
        ]
    )
    func `lets Landlock refuse what the list would refuse, and keeps what is open`(
        attempt: String,
        end: Probe.End
    ) throws {
        #expect(try Probe("landlock", attempt).end == end)
    }

    @Test func `gives up every right that a version of Landlock knows`() {
        let rights = (0...8).map { sp_landlock_rights_of($0) }
        #expect(
            rights.map(\.files)
                == [0, 0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff, 0xffff, 0xffff, 0xffff]
        )
        #expect(rights.map(\.network) == [0, 0, 0, 0, 3, 3, 3, 3, 3])
        #expect(rights.map(\.scopes) == [0, 0, 0, 0, 0, 0, 3, 3, 3])
    }

    @Test(arguments: ["no-landlock", "disabled-landlock"])
    func `is closed by the list alone on a kernel without Landlock`(mode: String) throws {
        #expect(try Probe(mode, "open").end == .refused)
        #expect(try Probe(mode, "ftruncate").end == .forbidden)
        #expect(try Probe(mode, "append").end == .succeeded)
    }

    @Test func `is not taken for closed where the kernel only forbids Landlock`() throws {
        let probe = try Probe("forbidden-landlock", "append")
        #expect(probe.end == Probe.notConfined)
        #expect(probe.recording == Probe.recorded)
        #expect(probe.errors.contains("the sandbox cannot be closed: landlock"))
    }

    @Test func `is not closed around one thread of two`() throws {
        let probe = try Probe("with-a-thread", "append")
        #expect(probe.end == Probe.notConfined)
        #expect(probe.errors.contains("there are 2 threads"))
    }

    @Test(.enabled(if: geteuid() == 0, "needs root"), arguments: [nil, "0:0", "65534", "x:y", ""])
    func `leaves no process root`(account: String?) throws {
        let probe = try Probe("session", "append", account: account)
        #expect(probe.end == Probe.notConfined)
        #expect(probe.recording == Probe.recorded)
    }
}

@Suite struct `the account of a process` {
    @Test func `travels as numbers, and is never root`() throws {
        let account = try #require(ProcessAccount(user: 990, group: 991))
        #expect(account.variable == "SALLYPORT_PROCESS_ACCOUNT=990:991")
        #expect(ProcessAccount("990:991") == account)
        for value in ["0:991", "990:0", "4294967295:1", "990", "990:991:1", "-1:1", " 1:1", ""] {
            #expect(ProcessAccount(value) == nil, "\(value)")
        }
    }
}
