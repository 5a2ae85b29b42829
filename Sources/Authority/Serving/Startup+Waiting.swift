import Logging
import MessageSockets

extension Startup {
    /// LIMIT: for the first session process and the first decider together.
    static let processTimeout = Duration.seconds(30)

    /// Serves nobody before one process of each kind is ready; the first failure ends the start.
    static func awaitProcesses(_ authority: Authority) throws(StartError) {
        var outcome = AwaitedProcesses()
        let (spares, deciders) = (authority.services.spares, authority.services.deciders)
        spares.becameReady = { library in
            outcome.isSpareReady = true
            authority.logger.debug("a process is ready", metadata: ["library": "\(library)"])
        }
        spares.startFailed = { outcome.error = outcome.error ?? .sessionProcess($0.description) }
        deciders.settled = { load in
            switch load {
            case .ready: outcome.isDeciderReady = true
            case .failed(let reason): outcome.error = outcome.error ?? .decider(reason)
            }
        }
        authority.connect(deciders)
        spares.fill()
        deciders.fill()
        let timer = authority.reactor.after(processTimeout) {
            outcome.error = outcome.error ?? .sessionProcess("the processes were not ready in time")
        }
        while !outcome.isDone {
            do throws(SocketError) {
                try authority.reactor.turn()
            } catch {
                throw .system(error.description)
            }
        }
        authority.reactor.cancel(timer)
        spares.becameReady = nil
        spares.startFailed = nil
        deciders.settled = nil
        if let error = outcome.error {
            spares.stop()
            deciders.retire()
            throw error
        }
    }

    private struct AwaitedProcesses {
        var isSpareReady = false
        var isDeciderReady = false
        var error: StartError?

        var isDone: Bool { error != nil || (isSpareReady && isDeciderReady) }
    }
}
