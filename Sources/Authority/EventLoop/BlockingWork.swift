import Foundation
import Synchronization

/// A few helper threads for calls that block: names, agents, files that are synced.
///
/// Whoever asks gets an answer in any case; when too much waits already, the answer is nil. The
/// threads are no queue's: with two cores, Dispatch starts one a second beside two that block.
final class BlockingWork: Sendable {
    private struct State {
        var pending: [@Sendable () -> Void] = []
        var running = 0
    }

    private enum Admission { case refused, queued, queuedForNewThread }

    private let label: String
    private let state = Mutex(State())
    private let atOnce: Int
    private let limit: Int

    /// At most `atOnce` threads, and `limit` jobs that wait for one.
    init(label: String, atOnce: Int, limit: Int) {
        self.label = label
        self.atOnce = atOnce
        self.limit = limit
    }

    /// How many threads there are now.
    var threads: Int { state.withLock { $0.running } }

    func run<Value: Sendable>(
        _ job: @escaping @Sendable () -> Value,
        fulfilling ticket: Ticket<Value?>
    ) {
        let admission = state.withLock { state -> Admission in
            guard state.pending.count < limit else { return .refused }
            state.pending.append { ticket.fulfil(job()) }
            guard state.running < atOnce else { return .queued }
            state.running += 1
            return .queuedForNewThread
        }
        switch admission {
        case .refused: ticket.fulfil(nil)
        case .queued: break
        case .queuedForNewThread:
            let thread = Thread { self.drain() }
            thread.name = label
            thread.start()
        }
    }

    private func drain() {
        while true {
            let job = state.withLock { state -> (@Sendable () -> Void)? in
                guard !state.pending.isEmpty else {
                    state.running -= 1
                    return nil
                }
                return state.pending.removeFirst()
            }
            guard let job else { return }
            job()
        }
    }
}
