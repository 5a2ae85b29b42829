import TestSupport
import Testing

@testable import RecordingStore

@Suite struct `the document of limits` {
    private static let limits: [String: String] = [
        "RecordingPlace.idCharacters": WrittenLimit.count(RecordingPlace.idCharacters),
        "RecordingRepair.firstWindowBytes": WrittenLimit.bytes(RecordingRepair.firstWindowBytes),
        "RecordingRepair.lastWindowBytes": WrittenLimit.bytes(RecordingRepair.lastWindowBytes),
        "RecordingRepair.maximumTornFiles": WrittenLimit.count(RecordingRepair.maximumTornFiles),
        "ReplaySource.readBytes": WrittenLimit.bytes(ReplaySource.readBytes),
        "Replay.followInterval": WrittenLimit.nanoseconds(Replay.followInterval),
        "ReplayPace.speeds": "\(ReplayPace.speeds.lowerBound) to \(ReplayPace.speeds.upperBound)",
        "ReplayPace.maximumSeconds": WrittenLimit.seconds(Int(ReplayPace.maximumSeconds)),
        "ReplayFlaws.maximumNotes": WrittenLimit.count(ReplayFlaws.maximumNotes),
        "TerminalSanitizer.maximumSequenceBytes": WrittenLimit.bytes(
            TerminalSanitizer.maximumSequenceBytes
        ),
        "TerminalSanitizer.maximumStringBytes": WrittenLimit.bytes(
            TerminalSanitizer.maximumStringBytes
        ),
        "ControlSequence.maximumDigits": WrittenLimit.count(ControlSequence.maximumDigits),
    ]

    @Test func `says every limit of this target as the code has it, and no other`() throws {
        let written = try LimitsDocument().limits(under: "## Recordings in a folder, and replay")
        #expect(written == Self.limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declared = try DeclaredLimits(in: "RecordingStore").names
        #expect(declared.subtracting(Self.limits.keys) == [])
    }
}
