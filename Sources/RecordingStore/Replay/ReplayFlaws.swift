internal import PlainText
internal import Recording

/// What a viewer must know about a recording beside what it shows.
package struct ReplayFlaws: Hashable, Sendable {
    package internal(set) var damagedLines = 0
    package private(set) var firstDamaged: String?
    package internal(set) var cutBytes = 0
    package private(set) var notes: [String] = []

    /// LIMIT: a hostile file may hold any number of facts.
    static let maximumNotes = 16

    mutating func damaged(line: Int, reason: JSONError) {
        damagedLines += 1
        if firstDamaged == nil { firstDamaged = "line \(line) \(reason)" }
    }

    mutating func noted(_ fact: Fact) {
        guard notes.count < Self.maximumNotes else { return }
        switch fact {
        case .limit(let maximumBytes, _):
            notes.append("the recording stopped at its limit of \(maximumBytes) bytes")
        case .unrecorded(let stream, let bytes, let digest):
            let sum = digest.map { ", SHA-256 \($0.escapingControls())" } ?? ""
            notes.append("\(bytes) bytes of \(stream.rawValue) were not recorded\(sum)")
        case .unfollowed(let path, let reason):
            let subject = path.map { "the file " + String(decoding: $0, as: UTF8.self) }
            let text = "\(subject ?? "the transfer") was not followed: \(reason)"
            notes.append(text.escapingControls())
        case .leftOut(let events):
            notes.append("\(events) sizes of the terminal and facts were not recorded")
        case .recovered(let cutBytes, _):
            notes.append(
                "the recorder was lost; \(cutBytes) bytes that were no whole event were cut off"
            )
        case .exitSignal, .file, .end, .unknown: break
        }
    }

    /// One line for each thing that a viewer must know.
    package var lines: [String] {
        var lines = notes
        if let firstDamaged {
            lines.append("\(damagedLines) damaged lines were passed over: \(firstDamaged)")
        }
        if cutBytes > 0 {
            lines.append("the recording ends in a cut line of \(cutBytes) bytes")
        }
        return lines
    }
}
