import Foundation
import Glibc
import TestSupport

/// Who can be killed in a lab, in the order of their start.
extension Lab {
    func victims(_ victim: FaultMoment.Victim, among clients: [ChildProcess]) throws -> [Int32] {
        switch victim {
        case .sessionProcess:
            try Machine.children(of: bastionProcess, named: "sallyport-session").sorted()
        case .decider:
            try Machine.children(of: bastionProcess, named: "sallyport-decide").sorted()
        case .authority: [Int32(try bastionProcess)]
        case .targetConnection: try descendants(of: process(of: "web1"), named: "sshd").sorted()
        case .targetListener: [Int32(try process(of: "web1"))]
        case .client: clients.filter { $0.progress.end == nil }.map(\.processID)
        }
    }

    /// Nil where there is nobody left to kill.
    func kill(_ moment: FaultMoment, among clients: [ChildProcess]) throws -> Int32? {
        let victims = try victims(moment.victim, among: clients)
        guard !victims.isEmpty else { return nil }
        let process = victims[Int(moment.choice % UInt64(victims.count))]
        Glibc.kill(process, SIGKILL)
        return process
    }

    private func descendants(of parent: Int, named name: String) throws -> [Int32] {
        let children = try Machine.children(of: parent, named: name)
        return try children + children.flatMap { try descendants(of: Int($0), named: name) }
    }
}
