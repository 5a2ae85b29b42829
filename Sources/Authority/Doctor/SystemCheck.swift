import AuditTrail
import CSystem
import Glibc

/// What the machine must have: a right clock, and descriptors.
enum SystemCheck {
    /// 2026-01-01: no release is older.
    static let earliestSeconds: UInt64 = 1_767_225_600
    /// LIMIT: what was written last may be so much in the future, by rounding and slewing.
    static let futureSeconds: UInt64 = 5
    /// LIMIT: descriptors of the authority for one connection: its control socket, its log, its end,
    /// and a session's transport and recording.
    static let descriptorsPerConnection = 5
    /// LIMIT: with fewer nothing can be served.
    static let leastDescriptors = 256

    static func run(_ settings: Settings?) -> [Diagnosis] {
        let last = settings.flatMap { FileFacts(of: $0.auditTrailPath)?.changed }
        var findings = [
            clock(
                Timestamp.now().wholeSeconds,
                lastRecord: last,
                isSynchronised: synchronisation()
            )
        ]
        if let settings {
            findings.append(
                descriptors(hardLimit(), connections: settings.limits.connections)
            )
        }
        return findings
    }

    /// `isSynchronised` is nil where the kernel does not say.
    static func clock(
        _ now: UInt64,
        lastRecord: UInt64?,
        isSynchronised: Bool?
    ) -> Diagnosis {
        let remedy = "set the clock, by NTP: certificates are valid for seconds"
        guard now >= earliestSeconds else {
            return .error("clock", "the clock says a time before this release", remedy)
        }
        if let lastRecord, lastRecord > now + futureSeconds {
            return .error(
                "clock",
                "the audit trail was written \(lastRecord - now) s in the future: the clock was set "
                    + "back",
                remedy
            )
        }
        guard isSynchronised != false else {
            return .warning("clock", "nobody keeps the clock right", remedy)
        }
        return .ok("clock", isSynchronised == nil ? "it is plausible" : "it is kept right")
    }

    private static func synchronisation() -> Bool? {
        let result = sp_clock_is_synchronised()
        return result < 0 ? nil : result == 1
    }

    private static func hardLimit() -> Int {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard unsafe getrlimit(resource, &limit) == 0 else { return 1024 }
        return Int(clamping: limit.rlim_max)
    }

    static func descriptors(_ limit: Int, connections: Int) -> Diagnosis {
        let remedy = "raise it: `LimitNOFILE=` of the systemd unit, or `ulimit -Hn`"
        guard limit >= leastDescriptors else {
            return .error("descriptors", "only \(limit) descriptors are allowed", remedy)
        }
        let room = limit / 100 * Admission.descriptorPercent / descriptorsPerConnection
        let text = "\(limit) are allowed, enough for some \(room) connections"
        // Who comes when they are used up is refused, so this is no error.
        guard room >= connections / 2 else {
            let wanted = ", and `limits.connections` is \(connections)"
            return .warning("descriptors", text + wanted, remedy)
        }
        return .ok("descriptors", text)
    }
}
