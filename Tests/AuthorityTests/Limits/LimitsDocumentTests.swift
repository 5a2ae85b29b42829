import TestSupport
import Testing

@testable import Authority

@Suite struct `the document of limits` {
    /// Under `## Authority`.
    private static let connections: [String: String] = [
        "Admission.descriptorPercent": WrittenLimit.count(Admission.descriptorPercent),
        "RefusalSummary.interval": WrittenLimit.time(RefusalSummary.interval),
        "SourcePenalties.maximumTrusted": WrittenLimit.count(SourcePenalties.maximumTrusted),
        "SourcePenalties.trustMilliseconds": WrittenLimit.milliseconds(
            Int(SourcePenalties.trustMilliseconds)
        ),
        "SourcePenalties.maximumDoublings": WrittenLimit.count(SourcePenalties.maximumDoublings),
        "SourceTables.leastSwept": WrittenLimit.count(SourceTables.leastSwept),
        "SourceTables.part": WrittenLimit.count(SourceTables.part),
        "StorageWatch.interval": WrittenLimit.time(StorageWatch.interval),
        "DiskReserve.maximumAgeMilliseconds": WrittenLimit.milliseconds(
            Int(DiskReserve.maximumAgeMilliseconds)
        ),
        "DiskReserve.part": WrittenLimit.count(DiskReserve.part),
        "DailyRecordings.maximumDays": WrittenLimit.count(DailyRecordings.maximumDays),
        "OwnDelays.patienceMilliseconds": WrittenLimit.milliseconds(
            Int(OwnDelays.patienceMilliseconds)
        ),
        "Startup.maximumSpanning": WrittenLimit.count(Startup.maximumSpanning),
        "Startup.maximumUnmeasured": WrittenLimit.count(Startup.maximumUnmeasured),
        "ProxyHeaderReading.timeout": WrittenLimit.time(ProxyHeaderReading.timeout),
        "Listener.acceptedInARow": WrittenLimit.count(Listener.acceptedInARow),
        "Listener.pause": WrittenLimit.time(Listener.pause),
        "TCPSocket.backlog": WrittenLimit.count(TCPSocket.backlog),
        "SpareDemand.startsAtOnce": WrittenLimit.count(SpareDemand.startsAtOnce),
        "SpareDemand.firstPauseMilliseconds": WrittenLimit.milliseconds(
            SpareDemand.firstPauseMilliseconds
        ),
        "SpareDemand.longestPauseMilliseconds": WrittenLimit.milliseconds(
            SpareDemand.longestPauseMilliseconds
        ),
        "SpareProcesses.readyTimeout": WrittenLimit.time(SpareProcesses.readyTimeout),
        "SpareProcesses.maximumWaiting": WrittenLimit.count(SpareProcesses.maximumWaiting),
        "PrintableText.maximumScalars": WrittenLimit.count(PrintableText.maximumScalars),
        "ChildLog.maximumLines": WrittenLimit.count(ChildLog.maximumLines),
        "ChildLog.maximumLineBytes": WrittenLimit.bytes(ChildLog.maximumLineBytes),
        "ChildLog.chunksInARow": WrittenLimit.count(ChildLog.chunksInARow),
        "ChildProcess.messagesInARow": WrittenLimit.count(ChildProcess.messagesInARow),
        "ChildProcess.lastMessages": WrittenLimit.count(ChildProcess.lastMessages),
        "OutgoingMessages.maximumWaitingMessages": WrittenLimit.count(
            OutgoingMessages.maximumWaitingMessages
        ),
        "OutgoingMessages.maximumWaitingBytes": WrittenLimit.bytes(
            OutgoingMessages.maximumWaitingBytes
        ),
        "DeciderPool.maximumWaiting": WrittenLimit.count(DeciderPool.maximumWaiting),
        "DeciderPool.restartPause": WrittenLimit.time(DeciderPool.restartPause),
        "DeciderProcess.loadTimeout": WrittenLimit.time(DeciderProcess.loadTimeout),
        "DeciderProcess.answerTimeout": WrittenLimit.time(DeciderProcess.answerTimeout),
        "DeniedDigests.milliseconds": WrittenLimit.milliseconds(DeniedDigests.milliseconds),
        "DeniedDigests.maximumCount": WrittenLimit.count(DeniedDigests.maximumCount),
        "SignInMachine.exchangeHashBytes": WrittenLimit.counts(SignInMachine.exchangeHashBytes),
        "ConnectionMachine.refusedSessionsAtOnce": WrittenLimit.count(
            ConnectionMachine.refusedSessionsAtOnce
        ),
        "InboundConnection.endGrace": WrittenLimit.time(InboundConnection.endGrace),
        "InboundConnection.signInGrace": WrittenLimit.time(InboundConnection.signInGrace),
        "InboundConnection.exitGrace": WrittenLimit.time(InboundConnection.exitGrace),
        "ServedSession.setupGrace": WrittenLimit.time(ServedSession.setupGrace),
        "ServedSession.reportGrace": WrittenLimit.time(ServedSession.reportGrace),
        "ServedSession.dialTimeout": WrittenLimit.time(ServedSession.dialTimeout),
        "NameLookup.maximumAddresses": WrittenLimit.count(NameLookup.maximumAddresses),
        "ConnectRetry.maximumRetries": WrittenLimit.count(ConnectRetry.maximumRetries),
        "ConnectRetry.firstPauseMilliseconds": WrittenLimit.milliseconds(
            ConnectRetry.firstPauseMilliseconds
        ),
        "TargetBreaker.failuresInARow": WrittenLimit.count(TargetBreaker.failuresInARow),
        "TargetBreaker.openMilliseconds": WrittenLimit.milliseconds(TargetBreaker.openMilliseconds),
        "CertificateValidity.sessionBackdatingSeconds": WrittenLimit.seconds(
            CertificateValidity.sessionBackdatingSeconds
        ),
        "CertificateValidity.tolerantSeconds": WrittenLimit.seconds(
            CertificateValidity.tolerantSeconds
        ),
        "AgentClient.timeout": WrittenLimit.time(AgentClient.timeout),
        "Signer.agentThreads": WrittenLimit.count(Signer.agentThreads),
        "Signer.agentJobs": WrittenLimit.count(Signer.agentJobs),
        "UnwrittenEnds.maximumRecords": WrittenLimit.count(UnwrittenEnds.maximumRecords),
        "UnwrittenEnds.maximumBytes": WrittenLimit.bytes(UnwrittenEnds.maximumBytes),
        "UnwrittenEnds.submissionsAtOnce": WrittenLimit.count(UnwrittenEnds.submissionsAtOnce),
        "UnwrittenEnds.pauseSeconds": WrittenLimit.counts(
            Int(UnwrittenEnds.pauseSeconds.lowerBound)...Int(UnwrittenEnds.pauseSeconds.upperBound)
        ),
        "SpareProcesses.waitingTimeout": WrittenLimit.time(SpareProcesses.waitingTimeout),
        "ClientContext.maximumNonceCharacters": WrittenLimit.count(
            ClientContext.maximumNonceCharacters
        ),
        "ClientContext.maximumWait": WrittenLimit.time(ClientContext.maximumWait),
        "ClientText.maximumBytes": WrittenLimit.bytes(ClientText.maximumBytes),
        "DeciderPool.waitingTimeout": WrittenLimit.time(DeciderPool.waitingTimeout),
        "RemoteErrand.maximumRetries": WrittenLimit.count(RemoteErrand.maximumRetries),
        "RemoteErrand.dialTimeout": WrittenLimit.time(RemoteErrand.dialTimeout),
        "RemoteErrand.retryPause": WrittenLimit.time(RemoteErrand.retryPause),
        "RemoteCommand.endingTimeout": WrittenLimit.time(RemoteCommand.endingTimeout),
        "EndingMachine.atOnce": WrittenLimit.count(EndingMachine.atOnce),
        "EndingMachine.atOnceOnTarget": WrittenLimit.count(EndingMachine.atOnceOnTarget),
        "EndingMachine.pauses": EndingMachine.pauses.map(WrittenLimit.time).joined(
            separator: ", "
        ),
        "Dial.maximumSetAside": WrittenLimit.count(Dial.maximumSetAside),
        "EndingMachine.together": WrittenLimit.count(EndingMachine.together),
        "RemoteEndings.gathering": WrittenLimit.time(RemoteEndings.gathering),
        "TransportAge.margin": WrittenLimit.time(TransportAge.margin),
        "RemoteTask.valueBytes": WrittenLimit.bytes(RemoteTask.valueBytes),
        "RemoteScript.maximumMarks": WrittenLimit.count(RemoteScript.maximumMarks),
        "RemoteScript.hundredths": WrittenLimit.milliseconds(RemoteScript.hundredths * 10),
        "RemoteScript.graceTenths": WrittenLimit.milliseconds(RemoteScript.graceTenths * 100),
        "RemoteScript.rounds": WrittenLimit.count(RemoteScript.rounds),
        "Reactor.eventsAtOnce": WrittenLimit.count(Reactor.eventsAtOnce),
        "TimerQueue.entriesKept": WrittenLimit.count(TimerQueue.entriesKept),
        "Services.helperThreads": WrittenLimit.count(Services.helperThreads),
        "Services.helperJobs": WrittenLimit.count(Services.helperJobs),
        "Startup.processTimeout": WrittenLimit.time(Startup.processTimeout),
        "Authority.settleTimeout": WrittenLimit.time(Authority.settleTimeout),
        "Upgrade.signInPatience": WrittenLimit.time(Upgrade.signInPatience),
        "HeldMessages.maximumBytes": WrittenLimit.bytes(HeldMessages.maximumBytes),
        "Upgrade.patience": WrittenLimit.time(Upgrade.patience),
        "Upgrade.lastPatience": WrittenLimit.time(Upgrade.lastPatience),
        "Upgrade.interval": WrittenLimit.time(Upgrade.interval),
        "Successor.checkTimeout": WrittenLimit.time(Successor.checkTimeout),
        "Successor.maximumBytes": WrittenLimit.bytes(Successor.maximumBytes),
        "HandoverFile.maximumBytes": WrittenLimit.bytes(HandoverFile.maximumBytes),
        "HeldMessages.maximumMessages": WrittenLimit.count(HeldMessages.maximumMessages),
    ]

    /// Under `## Settings and administration`.
    private static let settings: [String: String] = [
        "SettingsPaths.maximumBytes": WrittenLimit.bytes(SettingsPaths.maximumBytes),
        "SettingsPaths.maximumSocketBytes": WrittenLimit.bytes(SettingsPaths.maximumSocketBytes),
        "SettingsPaths.maximumStateDirectoryBytes": WrittenLimit.bytes(
            SettingsPaths.maximumStateDirectoryBytes
        ),
        "SettingsReader.maximumListenAddresses": WrittenLimit.count(
            SettingsReader.maximumListenAddresses
        ),
        "SettingsReader.maximumPaths": WrittenLimit.count(
            SettingsReader.maximumPaths
        ),
        "SettingsReader.maximumAdministrators": WrittenLimit.count(
            SettingsReader.maximumAdministrators
        ),
        "PenaltiesReader.longestSeconds": WrittenLimit.seconds(PenaltiesReader.longestSeconds),
        "AddressRangesReader.maximumCount": WrittenLimit.count(AddressRangesReader.maximumCount),
        "AdministratorReader.maximumUserNameBytes": WrittenLimit.bytes(
            AdministratorReader.maximumUserNameBytes
        ),
        "Settings.entryBytes": WrittenLimit.bytes(Settings.entryBytes),
        "UnixSocket.maximumPathBytes": WrittenLimit.bytes(UnixSocket.maximumPathBytes),
        "KeyLoading.maximumBytes": WrittenLimit.bytes(KeyLoading.maximumBytes),
        "AdminLimits.clients": WrittenLimit.count(AdminLimits.clients),
        "AdminLimits.clientsOfOneUser": WrittenLimit.count(AdminLimits.clientsOfOneUser),
        "AdminLimits.strangerPause": WrittenLimit.time(AdminLimits.strangerPause),
        "AdminLimits.idleTimeout": WrittenLimit.time(AdminLimits.idleTimeout),
        "AdminLimits.requestBytes": WrittenLimit.bytes(AdminLimits.requestBytes),
        "AdminLimits.answerBytes": WrittenLimit.bytes(AdminLimits.answerBytes),
        "AdminLimits.reasonCharacters": WrittenLimit.count(AdminLimits.reasonCharacters),
        "AdminLimits.lockSeconds": WrittenLimit.seconds(AdminLimits.lockSeconds),
    ]

    /// Under `## Targets and `doctor``.
    private static let targets: [String: String] = [
        "KeyScan.connectionSeconds": WrittenLimit.seconds(KeyScan.connectionSeconds),
        "KeyScan.timeout": WrittenLimit.time(KeyScan.timeout),
        "KeyScan.maximumBytes": WrittenLimit.bytes(KeyScan.maximumBytes),
        "KeyScanOutput.maximumLines": WrittenLimit.count(KeyScanOutput.maximumLines),
        "HostAuthorities.maximumCount": WrittenLimit.count(HostAuthorities.maximumCount),
        "HostEnrolment.Pin.lastWritableSecond": WrittenLimit.count(
            HostEnrolment.Pin.lastWritableSecond
        ),
        "TargetExamination.timeout": WrittenLimit.time(TargetExamination.timeout),
        "ProbeText.nonceBytes": WrittenLimit.bytes(ProbeText.nonceBytes),
        "ProbeText.filesPerDirectory": WrittenLimit.count(ProbeText.filesPerDirectory),
        "SessionFindings.shownCharacters": WrittenLimit.count(SessionFindings.shownCharacters),
        "SessionFindings.slowStartMilliseconds": WrittenLimit.milliseconds(
            SessionFindings.slowStartMilliseconds
        ),
        "SurroundingFindings.skewWarningSeconds": WrittenLimit.seconds(
            SurroundingFindings.skewWarningSeconds
        ),
        "SurroundingFindings.skewErrorSeconds": WrittenLimit.seconds(
            SurroundingFindings.skewErrorSeconds
        ),
        "SurroundingFindings.shadowsShown": WrittenLimit.count(SurroundingFindings.shadowsShown),
        "EntranceFindings.slowMilliseconds": WrittenLimit.milliseconds(
            EntranceFindings.slowMilliseconds
        ),
        "DebianVersion.maximumBytes": WrittenLimit.bytes(DebianVersion.maximumBytes),
        "LibraryCheck.timeout": WrittenLimit.time(LibraryCheck.timeout),
        "LibraryCheck.maximumBytes": WrittenLimit.bytes(LibraryCheck.maximumBytes),
        "ProgramCheck.timeout": WrittenLimit.time(ProgramCheck.timeout),
        "SettingsCheck.expiryWarningSeconds": WrittenLimit.seconds(
            SettingsCheck.expiryWarningSeconds
        ),
        "StateCheck.warningFreeBytes": WrittenLimit.bytes(StateCheck.warningFreeBytes),
        "StateCheck.errorFreeBytes": WrittenLimit.bytes(StateCheck.errorFreeBytes),
        "StateCheck.errorFreeFiles": WrittenLimit.count(StateCheck.errorFreeFiles),
        "SystemCheck.futureSeconds": WrittenLimit.seconds(SystemCheck.futureSeconds),
        "SystemCheck.descriptorsPerConnection": WrittenLimit.count(
            SystemCheck.descriptorsPerConnection
        ),
        "SystemCheck.leastDescriptors": WrittenLimit.count(SystemCheck.leastDescriptors),
    ]

    @Test(arguments: [
        ("## Authority", connections),
        ("## Settings and administration", settings),
        ("## Targets and `doctor`", targets),
        ("## Export, health and metrics", watching),
    ])
    func `says every limit as the code has it, and no other`(
        heading: String,
        limits: [String: String]
    ) throws {
        #expect(try LimitsDocument().limits(under: heading) == limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let compared = [Self.connections, Self.settings, Self.targets, Self.watching]
            .flatMap(\.keys)
        #expect(try DeclaredLimits(in: "Authority").names.subtracting(compared) == [])
    }
}
