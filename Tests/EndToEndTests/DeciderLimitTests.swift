import Foundation
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `a decider that serves` {
    /// The value and its hard limit, as the kernel keeps them for a process.
    private func limit(_ name: String, of process: Int) throws -> [Substring] {
        let text = try String(contentsOfFile: "/proc/\(process)/limits", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return Array((line?.dropFirst(name.count).split(separator: " ") ?? []).prefix(2))
    }

    /// The deciders that a bastion has started.
    private func deciders(of bastion: Int) throws -> [Int] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int.init)
            .filter { process in
                guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat")
                else { return false }
                let text = String(decoding: data, as: UTF8.self)
                // The kernel keeps 15 bytes of a name, which stands in parentheses.
                guard text.contains("(sallyport-decid)"),
                    let fields = text.split(separator: ")").last?.split(separator: " "),
                    fields.count > 1
                else { return false }
                return Int(fields[1]) == bastion
            }
    }

    @Test func `has memory and descriptors as the page of limits, and no core`() async throws {
        let lab = try await Lab.shared()
        // It has decided something, so it is loaded.
        #expect(try await lab.ssh("alice.web1", "true").run().succeeded)

        let deciders = try deciders(of: lab.bastionProcess)

        #expect(!deciders.isEmpty)
        for decider in deciders {
            #expect(try limit("Max address space", of: decider) == ["268435456", "268435456"])
            #expect(try limit("Max open files", of: decider) == ["8", "8"])
            for nothing in [
                "Max core file size", "Max file size", "Max processes", "Max locked memory",
                "Max msgqueue size",
            ] {
                #expect(try limit(nothing, of: decider) == ["0", "0"], "\(nothing)")
            }
        }
    }
}
