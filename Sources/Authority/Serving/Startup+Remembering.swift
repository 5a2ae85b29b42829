import AuditTrail
import Logging
import PolicyEngine
import RecordingStore

/// What the limits know of the time before the start.
extension Startup {
    /// Without it who signed in yesterday is not spared, and nothing else: it stops no start.
    static func rememberSignIns(_ usage: some UsageReading, _ authority: Authority) {
        let now = Services.signedMilliseconds()
        let moment = Timestamp.now()
        do throws(StoreError) {
            let places = try usage.signIns(
                since: moment.earlier(byMilliseconds: SourcePenalties.trustMilliseconds),
                limit: SourcePenalties.maximumTrusted
            )
            for place in places {
                // A release of before may have written what this one does not read.
                guard let address = SocketAddress(host: place.address, port: 0)?.ipAddress else {
                    continue
                }
                // A clock that was set back must not spare anybody for longer than a day.
                let age = max(0, moment.milliseconds(since: place.openedAt))
                authority.admission.remember(address, signedInAt: now - age, now: now)
            }
        } catch {
            authority.logger.error(
                "who signed in before is not known",
                metadata: ["reason": "\(error)"]
            )
        }
    }
}

extension Startup {
    /// LIMIT: recordings of one day whose size no record tells; of more, the older ones do not count.
    ///
    /// They are those that crashes left.
    static let maximumUnmeasured = 10_000

    /// How much each principal recorded today, without which its limit would begin anew.
    static func rememberRecordings(
        _ usage: some UsageReading,
        _ services: Services
    ) throws(StartError) {
        let day = DailyRecordings.day(of: .now())
        let midnight = Timestamp(microsecondsSince1970: day * 86_400 * 1_000_000)
        do throws(StoreError) {
            for use in try usage.recordedBytes(since: midnight) {
                guard let principal = PrincipalName(use.principal) else { continue }
                services.storage.remember(use.bytes, of: principal, on: day)
            }
            let unmeasured = try usage.unmeasuredRecordings(
                since: midnight,
                limit: maximumUnmeasured
            )
            for recording in unmeasured {
                guard let principal = PrincipalName(recording.principal),
                    let facts = FileFacts(of: "\(services.recordings.path)/\(recording.recording)")
                else { continue }
                services.storage.remember(facts.bytes, of: principal, on: day)
            }
            let spanning = try usage.recordings(across: midnight, limit: maximumSpanning)
            for recording in spanning {
                guard let principal = PrincipalName(recording.principal) else { continue }
                let bytes = bytes(of: recording, since: midnight, services)
                services.storage.remember(bytes, of: principal, on: day)
            }
        } catch {
            throw .store(error, path: services.snapshot.settings.auditTrailPath)
        }
    }

    /// LIMIT: recordings over the last midnight that ended since; of more, the earlier ones do not count.
    static let maximumSpanning = 10_000

    /// What of a recording counts for today, which no record tells: its share of the time.
    private static func bytes(
        of recording: SpanningRecording,
        since midnight: Timestamp,
        _ services: Services
    ) -> UInt64 {
        var end = recording.endedAt.microsecondsSince1970
        var bytes = recording.bytes ?? 0
        if recording.bytes == nil {
            // A crash left it, and its end is that of the outage.
            guard let facts = FileFacts(of: "\(services.recordings.path)/\(recording.recording)")
            else { return 0 }
            bytes = facts.bytes
            let changed = Int64(clamping: facts.changed).multipliedReportingOverflow(by: 1_000_000)
            if !changed.overflow { end = min(end, changed.partialValue) }
        }
        return DailyRecordings.share(
            of: bytes,
            from: recording.openedAt.microsecondsSince1970,
            to: end,
            since: midnight.microsecondsSince1970
        )
    }
}

extension Timestamp {
    func earlier(byMilliseconds milliseconds: Int64) -> Timestamp {
        Timestamp(microsecondsSince1970: microsecondsSince1970 - milliseconds * 1000)
    }

    func milliseconds(since other: Timestamp) -> Int64 {
        (microsecondsSince1970 - other.microsecondsSince1970) / 1000
    }
}
