package import Logging
import PolicyEngine
import StrictYAML

/// `sallyport doctor target`: examines a target, by the authority that serves or without one.
package enum TargetDoctor {
    /// Why nothing was examined.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case start(StartError)
        case administration(AdminError)
        case unknownTarget(String)
        case unknownLogin(String, target: String)

        package var description: String {
            switch self {
            case .start(let error): error.description
            case .administration(let error): error.description
            case .unknownTarget(let name):
                "`\(PrintableText.escaped(name))` is not in the inventory"
            case .unknownLogin(let login, let target):
                "`\(target)` does not offer the login `\(PrintableText.escaped(login))`"
            }
        }
    }

    /// Examines a target for an administrator of the authority that serves.
    ///
    /// `completion` runs on the loop, once, after at most four probes.
    static func examine(
        target: String,
        login: String?,
        for principal: String?,
        _ services: Services,
        completion: @escaping (HealthReport) -> Void
    ) throws(Failure) {
        let address = try address(target, login, in: services.snapshot.inventory)
        TargetExamination.run(address, for: principal, services, completion: completion)
    }

    /// Lets the authority that serves examine a target, or does it alone where none serves.
    package static func examine(
        target: String,
        login: String?,
        settingsPath: String,
        programs: Startup.Programs,
        logger: Logger
    ) throws(Failure) -> HealthReport {
        let request = AdminRequest.Examine(target: target, login: login)
        do throws(AdminError) {
            let client = try AdminClient(settingsPath: settingsPath)
            guard let report = try client.ask(.examine(request)).report else {
                throw AdminError.malformed(reason: "it has no report")
            }
            return report
        } catch {
            switch error {
            case .notServing: break
            case .settings, .lost, .silent, .malformed, .refused, .noDescriptor:
                throw .administration(error)
            }
        }
        return try examineAlone(
            target: target,
            login: login,
            settingsPath: settingsPath,
            programs: programs,
            logger: logger
        )
    }

    /// Examines a target where no authority serves; the state directory must be free.
    static func examineAlone(
        target: String,
        login: String?,
        settingsPath: String,
        programs: Startup.Programs,
        logger: Logger
    ) throws(Failure) -> HealthReport {
        let snapshot: Snapshot
        do throws(RefusedFiles) {
            snapshot = try Snapshot.load(settingsPath: settingsPath).value
        } catch {
            throw .start(.settings(error))
        }
        let address = try address(target, login, in: snapshot.inventory)
        do throws(StartError) {
            return try Startup.once(snapshot, programs, logger) { services, completion in
                TargetExamination.run(address, for: nil, services, completion: completion)
            }
        } catch {
            throw .start(error)
        }
    }

    private static func address(
        _ target: String,
        _ login: String?,
        in inventory: Inventory
    ) throws(Failure) -> ResolvedAddress {
        guard let known = TargetName(target).flatMap({ inventory.target(named: $0) }) else {
            throw .unknownTarget(target)
        }
        guard let login else {
            guard let address = inventory.offered(nil, on: known) else {
                throw .unknownTarget(target)
            }
            return address
        }
        guard let address = Login(login).flatMap({ inventory.offered($0, on: known) }) else {
            throw .unknownLogin(login, target: known.name.name)
        }
        return address
    }
}
