import CSystem
import Glibc
import SessionProtocol

/// What confines session processes and deciders.
enum ConfinementCheck {
    static func run(_ settings: Settings?) -> [Diagnosis] {
        let landlock = landlock(Int(sp_landlock_version()))
        guard let settings else { return [landlock] }
        let result: Result<ProcessAccount?, ProcessAccountError>
        do throws(ProcessAccountError) {
            result = .success(try ProcessAccount.chosen(by: settings))
        } catch {
            result = .failure(error)
        }
        let name = settings.processAccount.description
        return [account(result, name: name, own: geteuid()), landlock]
    }

    /// `own` is who runs this.
    static func account(
        _ chosen: Result<ProcessAccount?, ProcessAccountError>,
        name: String,
        own: UInt32
    ) -> Diagnosis {
        let subject = "process-account"
        switch chosen {
        case .failure(let error): return .error(subject, error.reason, error.remedy)
        case .success(let account?):
            return .ok(subject, "processes run as `\(name)`, uid \(account.user)")
        case .success(nil):
            return .ok(
                subject,
                "processes run as this account, uid \(own): only root gives them one of their own"
            )
        }
    }

    /// `version` is negative where there is none.
    static func landlock(_ version: Int) -> Diagnosis {
        version > 0
            ? .ok("landlock", "the kernel has version \(version) of it")
            : .warning(
                "landlock",
                "the kernel has none: \(ProcessConfinement.withoutLandlock)",
                "use a kernel with it (CONFIG_SECURITY_LANDLOCK, and `landlock` in `lsm=`)"
            )
    }
}
