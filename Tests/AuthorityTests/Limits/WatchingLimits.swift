import TestSupport

@testable import Authority

extension `the document of limits` {
    /// Under `## Export, health and metrics`.
    static let watching: [String: String] = [
        "Services.watcherThreads": WrittenLimit.count(Services.watcherThreads),
        "Services.watcherJobs": WrittenLimit.count(Services.watcherJobs),
        "Authority.diskPatience": WrittenLimit.time(Authority.diskPatience),
        "Authority.healthPatience": WrittenLimit.time(Authority.healthPatience),
        "HealthFindings.slowCommit": WrittenLimit.time(HealthFindings.slowCommit),
        "HealthFindings.hungCommit": WrittenLimit.time(HealthFindings.hungCommit),
        "HealthFindings.exportLag": WrittenLimit.time(HealthFindings.exportLag),
        "HealthFindings.reasonCharacters": WrittenLimit.count(HealthFindings.reasonCharacters),
        "SigningProbe.age": WrittenLimit.time(SigningProbe.age),
        "SigningProbe.ageOfFailure": WrittenLimit.time(SigningProbe.ageOfFailure),
        "Exporter.pageRecords": WrittenLimit.count(Exporter.pageRecords),
        "Exporter.gathering": WrittenLimit.time(Exporter.gathering),
        "Exporter.keeping": WrittenLimit.time(Exporter.keeping),
        "Exporter.stopTimeout": WrittenLimit.time(Exporter.stopTimeout),
        "ExportProgress.pauseSeconds":
            "\(ExportProgress.pauseSeconds.lowerBound) to \(ExportProgress.pauseSeconds.upperBound)",
        "ExportFile.tailBytes": WrittenLimit.bytes(ExportFile.tailBytes),
        "PositionFile.maximumBytes": WrittenLimit.bytes(PositionFile.maximumBytes),
        "SyslogSink.connectTimeout": WrittenLimit.time(SyslogSink.connectTimeout),
        "SyslogSink.patience": WrittenLimit.time(SyslogSink.patience),
        "SyslogSink.longestLook": WrittenLimit.time(SyslogSink.longestLook),
        "SyslogSink.heardInARow": WrittenLimit.count(SyslogSink.heardInARow),
        "SyslogSink.leastMessage": WrittenLimit.bytes(SyslogSink.leastMessage),
        "Metric.maximumSeries": WrittenLimit.count(Metric.maximumSeries),
    ]
}
