import AuditTrail
import CSystem
import Logging
import MessageSockets

extension Startup {
    /// Does one thing for which no authority serves: with its own store, which is therefore free.
    ///
    /// Nothing is recovered and nobody is let in. `work` starts what is to be done and calls back
    /// when it is.
    static func once<Value>(
        _ snapshot: Snapshot,
        _ programs: Programs,
        _ logger: Logger,
        _ work: (Services, @escaping (Value) -> Void) -> Void
    ) throws(StartError) -> Value {
        guard sp_set_not_dumpable() == 0 else {
            throw .system(SocketError(call: "prctl").description)
        }
        let settings = snapshot.settings
        let keys = try keys(settings)
        try StateDirectory.make(settings.stateDirectory)
        let store = try openStore(settings)
        let recordings = try openRecordings(settings)
        let committer = GroupCommitter(store: store)
        let services = try assemble(
            snapshot,
            programs,
            confinement(settings, logger),
            keys,
            store,
            recordings,
            committer,
            logger
        )
        var result: Value?
        work(services) { result = $0 }
        while result == nil {
            do throws(SocketError) {
                try services.reactor.turn()
            } catch {
                throw .system(error.description)
            }
        }
        services.spares.stop()
        committer.close()
        do throws(StoreError) {
            try store.close()
        } catch {
            throw .store(error, path: settings.auditTrailPath)
        }
        guard let result else { preconditionFailure("the loop ends with a result") }
        return result
    }
}
