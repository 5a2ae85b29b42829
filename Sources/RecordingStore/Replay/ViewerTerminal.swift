internal import Glibc
internal import Synchronization

/// Set by a signal that asks to stop; the replay loop looks at it after each wait.
private let stopRequested = Atomic<Bool>(false)

/// The terminal of who watches: keys one by one, and its settings put back at the end.
struct ViewerTerminal: ~Copyable {
    private let keys: OwnedDescriptor
    private let settings: termios

    /// The controlling terminal, switched to raw; nil where there is none.
    init?() {
        let number = retrying { unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY) }
        guard number >= 0 else { return nil }
        let keys = OwnedDescriptor(adopting: number)
        var settings = termios()
        guard unsafe tcgetattr(number, &settings) == 0 else { return nil }
        var raw = settings
        unsafe cfmakeraw(&raw)
        guard unsafe tcsetattr(number, TCSADRAIN, &raw) == 0 else { return nil }
        self.keys = keys
        self.settings = settings
    }

    deinit {
        var settings = settings
        _ = unsafe tcsetattr(keys.number, TCSADRAIN, &settings)
    }

    var descriptorNumber: Int32 { keys.number }

    /// Whether a signal asked to stop.
    static var mustStop: Bool { stopRequested.load(ordering: .relaxed) }

    /// From here on SIGINT, SIGTERM and SIGHUP end the replay and not the program, so that the
    /// terminal is put back; and a closed pipe is an error of the write.
    static func catchSignals() {
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { _ in
            stopRequested.store(true, ordering: .relaxed)
        }
        // Without SA_RESTART, so that a wait ends.
        for signal in [SIGINT, SIGTERM, SIGHUP] { _ = unsafe sigaction(signal, &action, nil) }
        _ = signal(SIGPIPE, SIG_IGN)
    }
}

/// Waits for keys, at most so long, or as long as it takes where there is no time.
///
/// None where the time is over; nil where nobody can press one any more. The descriptor is nil where
/// nobody ever could.
func keysPressed(on descriptor: Int32?, within nanoseconds: UInt64?) -> [ReplayKey]? {
    // Rounded up: an early end would only turn the loop once more.
    let milliseconds = nanoseconds.map { Int32(clamping: min($0, 1 << 50) / 1_000_000 + 1) } ?? -1
    var entry = pollfd(fd: descriptor ?? -1, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&entry, 1, milliseconds) > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe read(entry.fd, buffer.baseAddress, buffer.count)
    }
    // The terminal is gone: nobody can press a key any more.
    guard count > 0 else { return count == -1 && errno == EINTR ? [] : nil }
    return bytes[..<count].compactMap(ReplayKey.init(byte:))
}

/// Nanoseconds of a clock that never goes back.
func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
