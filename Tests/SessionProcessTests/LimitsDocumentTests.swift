import TestSupport
import Testing

@testable import SessionProcess

@Suite struct `the document of limits` {
    private static let limits: [String: String] = [
        "SignInMachine.maximumAttempts": WrittenLimit.count(SignInMachine.maximumAttempts),
        "AuthorityLink.signatureTimeoutMilliseconds": WrittenLimit.milliseconds(
            AuthorityLink.signatureTimeoutMilliseconds
        ),
        "ConnectionProcess.lingerNanoseconds": WrittenLimit.nanoseconds(
            ConnectionProcess.lingerNanoseconds
        ),
        "ConnectionProcess.longestPauseMilliseconds": WrittenLimit.milliseconds(
            ConnectionProcess.longestPauseMilliseconds
        ),
        "Performance.maximumSeconds": WrittenLimit.seconds(Performance.maximumSeconds),
        "Notices.maximum": WrittenLimit.count(Notices.maximum),
        "HeldInput.maximumBytes": WrittenLimit.bytes(HeldInput.maximumBytes),
        "HeldInput.maximumSeconds": WrittenLimit.seconds(HeldInput.maximumSeconds),
        "RelayMachine.maximumSignals": WrittenLimit.count(RelayMachine.maximumSignals),
        "SessionRecorder.tailPause": WrittenLimit.nanoseconds(SessionRecorder.tailPause),
        "SFTPPacketSplitter.maximumPacketBytes": WrittenLimit.bytes(
            SFTPPacketSplitter.maximumPacketBytes
        ),
        "FileTransferObserver.maximumRequests": WrittenLimit.count(
            FileTransferObserver.maximumRequests
        ),
        "FileTransferObserver.maximumFiles": WrittenLimit.count(FileTransferObserver.maximumFiles),
        "KeepaliveMachine.maximumUnanswered": WrittenLimit.count(
            KeepaliveMachine.maximumUnanswered
        ),
        "ConnectionProcess.maximumPacketsBeforeSignIn": WrittenLimit.count(
            ConnectionProcess.maximumPacketsBeforeSignIn
        ),
        "FileTransferObserver.maximumHandleBytes": WrittenLimit.bytes(
            FileTransferObserver.maximumHandleBytes
        ),
        "SignInMachine.maximumMessages": WrittenLimit.count(SignInMachine.maximumMessages),
        "RelayMachine.maximumWaitingSignals": WrittenLimit.count(
            RelayMachine.maximumWaitingSignals
        ),
        "SessionRecorder.reserveBytes": WrittenLimit.bytes(SessionRecorder.reserveBytes),
        "SessionMain.memoryBytes": WrittenLimit.bytes(SessionMain.memoryBytes),
        "SessionMain.memoryBytesOfSession": WrittenLimit.bytes(SessionMain.memoryBytesOfSession),
        "SessionMain.descriptors": WrittenLimit.count(SessionMain.descriptors),
        "SessionMain.descriptorsOfSession": WrittenLimit.count(SessionMain.descriptorsOfSession),
        "SessionMain.lastWordsSeconds": WrittenLimit.seconds(SessionMain.lastWordsSeconds),
        "FileTransferObserver.maximumPathBytes": WrittenLimit.bytes(
            FileTransferObserver.maximumPathBytes
        ),
    ]

    @Test func `says every limit of this target as the code has it, and no other`() throws {
        let written = try LimitsDocument().limits(under: "## Session process")
        #expect(written == Self.limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declared = try DeclaredLimits(in: "SessionProcess").names
        #expect(declared.subtracting(Self.limits.keys) == [])
    }
}
