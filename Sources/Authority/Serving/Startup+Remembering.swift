import AuditTrail
import Logging
import SSHWire

/// What the limits know of the time before the start.
extension Startup {
    /// Without it who signed in yesterday is not spared, and nothing else: it stops no start.
    static func remember(_ usage: some UsageReading, _ authority: Authority) {
        let now = Services.signedMilliseconds()
        let moment = Timestamp.now()
        do throws(StoreError) {
            let places = try usage.signIns(
                since: moment.earlier(byMilliseconds: SourcePenalties.trustMilliseconds),
                limit: SourcePenalties.maximumTrusted
            )
            for place in places {
                guard let address = IPAddress(recorded: place.address) else { continue }
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

extension IPAddress {
    /// As a record has it.
    fileprivate init?(recorded text: String) {
        do { self = try IPAddress(parsing: text) } catch { return nil }
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
