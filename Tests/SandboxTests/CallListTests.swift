import Foundation
import Glibc
import Sandbox
import TestSupport
import Testing

/// Each number that a system call may have, tried in a process whose sandbox is closed.
@Suite struct `the list of system calls` {
    private func rules(_ kind: ConfinedProcess) -> [CallRule] {
        CallRule.list(of: kind, number: getpid())
    }

    /// The names, of all or of those with one answer.
    private func names(_ kind: ConfinedProcess, _ answer: CallRule.Answer? = nil) -> Set<String> {
        Set(rules(kind).filter { answer == nil || $0.answer == answer }.map(\.call))
    }

    /// Newer kernels show the calls `uretprobe` and `uprobe` of x86-64 to no filter.
    ///
    /// Whoever makes one from elsewhere than a probe of the kernel's own dies of SIGILL, or gets ENXIO.
    private static let unfiltered: Set<Int> = [335, 336]

    @Test(arguments: ConfinedProcess.allCases)
    func `is all that does not kill, of all numbers`(kind: ConfinedProcess) async throws {
        let ends = try await Probe.ends(ofCallsIn: kind)
        #expect(ends.count == 1024)
        #expect(ends.contains { $0.name == "execve" } && ends.contains { $0.name == "unnamed" })
        for (number, name, end) in ends where !names(kind).contains(name) {
            guard !Self.unfiltered.contains(number) else { continue }
            #expect(end == "killed \(SIGSYS)", "\(number) \(name)")
        }
    }

    @Test(arguments: ConfinedProcess.allCases)
    func `refuses with EACCES what libraries try in vain`(kind: ConfinedProcess) async throws {
        let refused = names(kind, .refused).subtracting(names(kind, .allowed))
        #expect(refused.isSuperset(of: ["openat", "newfstatat", "socket", "connect"]))
        let ends = try await Probe.ends(ofCallsIn: kind).filter { refused.contains($0.name) }
        #expect(!ends.isEmpty)
        for (_, name, end) in ends { #expect(end == "exited \(EACCES)", "\(name)") }
    }

    @Test(arguments: ConfinedProcess.allCases)
    func `lets pass what needs no particular argument`(kind: ConfinedProcess) async throws {
        let always = Set(
            rules(kind).filter { $0.answer == .allowed && $0.arguments.isEmpty }.map(\.call)
        )
        for (_, name, end) in try await Probe.ends(ofCallsIn: kind) where always.contains(name) {
            #expect(end != "killed \(SIGSYS)" && end != "exited \(EACCES)", "\(name): \(end)")
        }
    }

    @Test func `is that of docs/sandbox.md, line by line`() throws {
        let page = try RepositoryFile("docs/sandbox.md")
        for (heading, answer) in [
            ("## Carried out", CallRule.Answer.allowed), ("## Refused with EACCES", .refused),
            ("## Answered, and not carried out", .pretended),
        ] {
            var written: [String: Set<ConfinedProcess>] = [:]
            for row in try page.table(under: heading, columns: 3) {
                let kinds = row[1].split(separator: ", ").compactMap {
                    ConfinedProcess(rawValue: String($0))
                }
                #expect(!kinds.isEmpty, "\(row)")
                for name in row[0].split(separator: ", ") {
                    written[String(name), default: []].formUnion(kinds)
                }
            }
            for kind in ConfinedProcess.allCases {
                let listed = Set(written.filter { $0.value.contains(kind) }.keys)
                #expect(listed == names(kind, answer), "\(heading), \(kind)")
            }
        }
    }

    @Test func `has none of the calls that docs/sandbox.md says kill`() throws {
        let page = try RepositoryFile("docs/sandbox.md")
        let written = try page.table(under: "## What kills", columns: 2)
            .flatMap { $0[0].split(separator: ", ").map(String.init) }
        #expect(written.count > 60)
        for kind in ConfinedProcess.allCases {
            #expect(names(kind).isDisjoint(with: written), "\(kind)")
        }
    }
}
