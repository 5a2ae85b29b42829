import Foundation
import TestSupport

/// A client of a moment, and the command that it asks for.
struct FaultClient: Sendable {
    /// Its command has this text in it, and so has nobody else's.
    let token: String
    let work: FaultMoment.Work
    let alias: String
    /// On the target; each command writes a line into a file of its own there before all else.
    let folder: String

    var markerPath: String { "\(folder)/\(token)" }
    /// What the last line of a command that ran to its end is.
    var lastLine: String { "end \(token)" }

    var commandLine: String {
        let mark = "echo ran >>\(markerPath); echo started \(token)"
        let end = "echo \(lastLine)"
        switch work {
        case .quick: return "\(mark); \(end)"
        case .chatty:
            let lines = "for i in $(seq \(FaultMoment.chattyLines))"
            return "\(mark); \(lines); do echo line $i; sleep 0.005; done; \(end)"
        case .bulk:
            return "\(mark); head -c 1000000 /dev/zero | tr '\\0' x | fold -w 99; echo; \(end)"
        case .talk: return "\(mark); cat; \(end)"
        }
    }

    func command(_ lab: Lab) -> Command {
        let command = lab.ssh(alias, commandLine)
        return work == .talk ? command.readingWhatIsWritten() : command
    }

    /// How often the command ran.
    func runs() throws -> Int {
        guard let text = FileManager.default.contents(atPath: markerPath) else { return 0 }
        return text.count { $0 == UInt8(ascii: "\n") }
    }

    /// When it ran first; kernels stamp files by a clock that lags a tick behind.
    func ranAt() throws -> Date? {
        guard FileManager.default.fileExists(atPath: markerPath) else { return nil }
        return try FileManager.default.attributesOfItem(atPath: markerPath)[.modificationDate]
            as? Date
    }
}
