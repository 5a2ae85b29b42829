import CSystem
import Glibc
package import MessageSockets

/// The signals that the authority acts on, as a descriptor of its loop.
package struct SignalSource {
    static let signals: [CInt] = [SIGHUP, SIGTERM, SIGINT, SIGUSR2]

    private let descriptor: Descriptor

    var raw: CInt { descriptor.raw }

    /// Keeps the signals from ending the process; call it before any thread is started.
    package static func block() throws(SocketError) {
        signal(SIGPIPE, SIG_IGN)
        let result = unsafe signals.withUnsafeBufferPointer { signals in
            unsafe sp_block_signals(signals.baseAddress, CInt(signals.count))
        }
        guard result == 0 else { throw SocketError(call: "pthread_sigmask", code: result) }
    }

    init() throws(SocketError) {
        let raw = unsafe Self.signals.withUnsafeBufferPointer { signals in
            unsafe sp_signal_descriptor(signals.baseAddress, CInt(signals.count))
        }
        guard raw >= 0 else { throw SocketError(call: "signalfd") }
        descriptor = Descriptor(adopting: raw)
    }

    /// The next pending signal.
    func next() -> CInt? {
        let signal = sp_read_signal(descriptor.raw)
        return signal > 0 ? signal : nil
    }
}
