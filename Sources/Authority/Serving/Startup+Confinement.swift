import AuditTrail
import Logging
import SessionProtocol

extension Startup {
    /// The session processes that wait; what one does there that its sandbox forbids is recorded.
    static func spares(
        _ programs: Programs,
        _ confinement: ProcessConfinement,
        _ settings: Settings,
        _ auditor: Auditor,
        _ reactor: Reactor,
        _ logger: Logger
    ) -> SpareProcesses {
        let spares = SpareProcesses(
            program: programs.session,
            as: confinement.account,
            wanted: settings.spares,
            on: reactor,
            logger: logger
        )
        spares.madeForbiddenCall = { end in auditor.note(.processDied(.session(end))) }
        return spares
    }

    /// What the processes will be confined by; what is missing there is said.
    static func confinement(
        _ settings: Settings,
        _ logger: Logger
    ) throws(StartError) -> ProcessConfinement {
        do throws(ProcessAccountError) {
            let account = try ProcessAccount.chosen(by: settings)
            let confinement = ProcessConfinement(account: account)
            if let lack = confinement.lack {
                logger.warning("the sandbox lacks something", metadata: ["lack": "\(lack)"])
            }
            return confinement
        } catch {
            throw .account(error)
        }
    }
}
