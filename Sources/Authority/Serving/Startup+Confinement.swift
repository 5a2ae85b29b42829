import Logging
import SessionProtocol

extension Startup {
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
