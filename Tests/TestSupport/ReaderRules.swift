import Foundation

/// What readers of asciicast v2 demand beyond its text, each rule by the reader that enforces it.
///
/// asciinema 3 cannot be installed here; these are its rules, and those of the others with it.
package enum ReaderRules: String, CaseIterable, Sendable {
    case isNotCompressed = "no player opens a compressed file"
    case endsWithWholeLine = "a cut last line ends asciinema 2.4.0 and the web player"
    case hasNoBlankLineAndNoComment = "asciinema 2.2.0 dies of either"
    case isEscaped = "one bad line loses the whole replay in the web player"
    case hasIntegerTimestamp = "asciinema 3 opens no v2 file whose timestamp is a fraction"
    case hasTextsInEnvironment = "asciinema 3 takes an environment of texts only"
    case hasSizesOf16Bits = "columns and rows are 1 to 65535"
    case hasRisingTimes = "asciinema 3 takes no negative time, and no reader one that falls"
    case hasFractionsInTimes = "two releases of asciinema 3 take no whole seconds"
    case hasTextAsData = "asciinema 3 stops at an event whose data is no text"
    case hasCodesOfOneCharacter = "asciinema 3 keeps only the first"

    /// The rules that a recording breaks.
    package static func broken(by file: [UInt8]) -> Set<ReaderRules> {
        let recording = ReadRecording(file)
        return Set(allCases.filter { !$0.holds(recording) })
    }

    private func holds(_ recording: ReadRecording) -> Bool {
        switch self {
        case .isNotCompressed: recording.bytes.first == UInt8(ascii: "{")
        case .endsWithWholeLine: recording.bytes.last == 0x0a && recording.events.last?.count == 3
        case .hasNoBlankLineAndNoComment:
            recording.lines.allSatisfy { $0.first == "{" || $0.first == "[" }
        case .isEscaped: recording.isEscaped
        case .hasIntegerTimestamp: recording.lines[0].contains(/"timestamp":[0-9]+[,}]/)
        case .hasTextsInEnvironment: recording.environment.allSatisfy { $0 is String }
        case .hasSizesOf16Bits:
            recording.sizes.allSatisfy { $0.count == 2 && $0.allSatisfy((1...65535).contains) }
        case .hasRisingTimes:
            zip([0] + recording.times, recording.times).allSatisfy { $0 <= $1 && $1.isFinite }
        case .hasFractionsInTimes:
            recording.lines.dropFirst().allSatisfy {
                !$0.contains(/^\[[0-9]+(\.0+)?[,eE]/) && !$0.contains(/^\[[0-9]+\.00000[0-9],/)
            }
        case .hasTextAsData: recording.events.allSatisfy { $0.last is String }
        case .hasCodesOfOneCharacter:
            recording.events.allSatisfy { $0.count == 3 && ($0[1] as? String)?.count == 1 }
        }
    }
}

/// A recording as another reader than ours sees it.
private struct ReadRecording {
    let bytes: [UInt8]
    let lines: [String]
    let header: [String: Any]
    let events: [[Any]]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let body = bytes.last == 0x0a ? bytes.dropLast() : bytes[...]
        lines = body.split(separator: 0x0a, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        header = Self.json(lines[0]) as? [String: Any] ?? [:]
        events = lines.dropFirst().map { Self.json($0) as? [Any] ?? [] }
    }

    private static func json(_ line: String) -> Any? {
        do {
            return try JSONSerialization.jsonObject(with: Data(line.utf8))
        } catch {
            return nil
        }
    }

    /// Every line is JSON in UTF-8 without a control character in it.
    var isEscaped: Bool {
        let isText = String(validating: bytes, as: UTF8.self) != nil
        let hasNoControls = bytes.allSatisfy { $0 >= 0x20 || $0 == 0x0a }
        return isText && hasNoControls && !header.isEmpty && events.allSatisfy { !$0.isEmpty }
    }

    var environment: [Any] {
        guard let environment = header["env"] else { return [] }
        return (environment as? [String: Any]).map { Array($0.values) } ?? [environment]
    }

    var sizes: [[Int]] {
        let resizes = events.filter { $0.count == 3 && $0[1] as? String == "r" }
        return [[header["width"] as? Int ?? 0, header["height"] as? Int ?? 0]]
            + resizes.map { ($0[2] as? String ?? "").split(separator: "x").map { Int($0) ?? 0 } }
    }

    var times: [Double] { events.map { $0.first as? Double ?? -1 } }
}
