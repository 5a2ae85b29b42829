import Glibc
import Testing

@testable import sallyport_decide

@Suite(.serialized) struct `the processor time of a decider` {
    /// What is left of it, in milliseconds.
    private func left() -> Int {
        var timer = itimerval()
        let result = unsafe getitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer)
        #expect(result == 0)
        return timer.it_value.tv_sec * 1000 + timer.it_value.tv_usec / 1000
    }

    @Test(arguments: [DecideProcess.questionMilliseconds, DecideProcess.loadMilliseconds])
    func `is counted from the order on, and not after the answer`(milliseconds: CUnsignedInt) {
        // Where the other tests use it up at once; a process that is started has it no more.
        signal(SIGPROF) { _ in }
        defer { signal(SIGPROF, SIG_DFL) }

        DecideProcess.arm(milliseconds)
        let begun = left()
        DecideProcess.arm(0)

        #expect((Int(milliseconds) / 2...Int(milliseconds) + 10).contains(begun))
        #expect(left() == 0)
    }
}
