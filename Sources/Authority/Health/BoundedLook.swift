/// One answer to what was asked of a thread that may hang: what it said, or nothing in time.
private final class BoundedLook<Value: Sendable> {
    private var completion: ((Value?) -> Void)?
    private var timer: Reactor.TimerID?

    init(_ completion: @escaping (Value?) -> Void) { self.completion = completion }

    func begin(
        _ job: @escaping @Sendable () -> Value,
        within patience: Duration,
        _ work: BlockingWork,
        _ reactor: Reactor
    ) {
        timer = reactor.after(patience) { [self] in
            timer = nil
            finish(nil, reactor)
        }
        let ticket = reactor.expect { [self] (value: Value?) in finish(value, reactor) }
        work.run(job, fulfilling: ticket)
    }

    private func finish(_ value: Value?, _ reactor: Reactor) {
        if let timer { reactor.cancel(timer) }
        timer = nil
        let completion = self.completion
        self.completion = nil
        completion?(value)
    }
}

extension Services {
    /// Lets a helper look at what may hang, as a disk may.
    ///
    /// `completion` runs once on the loop, with nil where there was no answer in time or too much
    /// waits for a helper.
    func look<Value: Sendable>(
        within patience: Duration,
        _ job: @escaping @Sendable () -> Value,
        then completion: @escaping (Value?) -> Void
    ) {
        BoundedLook(completion).begin(job, within: patience, watchers, reactor)
    }
}
