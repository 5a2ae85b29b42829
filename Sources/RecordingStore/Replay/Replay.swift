internal import Glibc
internal import PlainText
internal import Recording

/// Shows a recording: reads the file, keeps the time, obeys the keys.
package struct Replay: ~Copyable {
    /// Where to, by number; they stay the caller's.
    package struct Destination: Hashable, Sendable {
        package let output: Int32
        package let error: Int32

        package init(output: Int32 = 1, error: Int32 = 2) {
            self.output = output
            self.error = error
        }
    }

    package enum Mode: Hashable, Sendable {
        /// As it was, without what would make the terminal answer, write or stay changed.
        case shown(ReplayPace)
        /// The exact bytes at once: standard output to the output, standard error to the error.
        case raw
    }

    /// LIMIT: how often a growing file is looked at, so how late a follower sees a byte.
    static let followInterval: UInt64 = 50_000_000

    private var source: ReplaySource
    private let destination: Destination
    private let follows: Bool
    private var sanitizer = TerminalSanitizer()
    private var lastByte: UInt8?
    /// The descriptor of the keys; nil where there are none, or no more.
    private var keys: Int32?

    /// Opens a recording.
    ///
    /// - Parameters:
    ///   - path: Of the file.
    ///   - follows: Whether to wait for more until the recording is closed.
    ///   - destination: Where to.
    /// - Throws: Where there is no such file.
    package init(
        path: String,
        follows: Bool = false,
        to destination: Destination = Destination()
    ) throws(ReplayError) {
        source = try ReplaySource(path: path)
        self.follows = follows
        self.destination = destination
    }

    /// Takes a recording that somebody else has opened, with a name for messages.
    package init(
        adopting descriptor: Int32,
        name: String,
        follows: Bool = false,
        to destination: Destination = Destination()
    ) {
        source = ReplaySource(adopting: descriptor, name: name)
        self.follows = follows
        self.destination = destination
    }

    /// Runs to the end, or until the viewer has enough; tells what was wrong with the file.
    package consuming func run(_ mode: Mode) throws(ReplayError) -> ReplayFlaws {
        switch mode {
        case .raw: try runRaw()
        case .shown(let pace):
            // Keys only where somebody watches.
            if isatty(destination.output) == 1, let terminal = ViewerTerminal() {
                keys = terminal.descriptorNumber
                try show(pace)
                // The settings go back after the last byte.
                extend(terminal)
            } else {
                try show(pace)
            }
        }
        return source.flaws
    }

    /// Keeps a terminal until here.
    private func extend(_ terminal: consuming ViewerTerminal) {}

    /// From here on signals end a replay in an orderly way; for a program that does nothing else.
    package static func catchSignals() { ViewerTerminal.catchSignals() }

    // MARK: raw

    private mutating func runRaw() throws(ReplayError) {
        while !ViewerTerminal.mustStop {
            guard let event = try nextEvent() else { return }
            guard case .output(let written) = event.kind else { continue }
            switch written.stream {
            case .standardOutput: try write(written.exact, to: destination.output)
            case .standardError: try write(written.exact, to: destination.error)
            }
        }
    }

    /// The next event; waits for one where the file may grow.
    ///
    /// Nil at the end.
    private mutating func nextEvent() throws(ReplayError) -> RecordedEvent? {
        while !ViewerTerminal.mustStop {
            if case .event(let event) = try source.next() { return event }
            if follows, !source.isClosed {
                pause(for: Self.followInterval)
                continue
            }
            try source.finish()
            guard case .event(let event) = try source.next() else { return nil }
            return event
        }
        return nil
    }

    // MARK: shown

    private mutating func show(_ pace: ReplayPace) throws(ReplayError) {
        var machine = ReplayMachine(pace: pace, at: monotonicNanoseconds())
        var failure: ReplayError?
        do throws(ReplayError) { try drive(&machine) } catch { failure = error }
        // The terminal is put back even so, as far as there is one.
        if failure != .outputClosed { try restoreTerminal() }
        if let failure { throw failure }
    }

    private mutating func drive(_ machine: inout ReplayMachine) throws(ReplayError) {
        while !ViewerTerminal.mustStop {
            let now = monotonicNanoseconds()
            switch machine.next(at: now) {
            case .show(let event): try show(event)
            case .wait(let time): press(keys(within: time - now), &machine)
            case .waitForKey:
                // Nobody can end a pause any more.
                guard keys != nil else { return }
                press(keys(within: nil), &machine)
            case .bringEvent: try bringEvent(to: &machine)
            case .finish: return
            }
        }
    }

    private mutating func bringEvent(to machine: inout ReplayMachine) throws(ReplayError) {
        if case .event(let event) = try source.next() { return machine.arrived(event) }
        if follows, !source.isClosed {
            return press(keys(within: Self.followInterval), &machine)
        }
        try source.finish()
        guard case .event(let event) = try source.next() else { return machine.sourceEnded() }
        machine.arrived(event)
    }

    private func press(_ pressed: [ReplayKey], _ machine: inout ReplayMachine) {
        for key in pressed { machine.pressed(key, at: monotonicNanoseconds()) }
    }

    private mutating func keys(within nanoseconds: UInt64?) -> [ReplayKey] {
        guard let pressed = keysPressed(on: keys, within: nanoseconds) else {
            keys = nil
            return []
        }
        return pressed
    }

    private mutating func pause(for nanoseconds: UInt64) {
        _ = keys(within: nanoseconds)
    }

    private mutating func show(_ event: RecordedEvent) throws(ReplayError) {
        var shown: [UInt8] = []
        switch event.kind {
        case .output(let written): sanitizer.sanitize(written.text, into: &shown)
        case .fact(.file(let file)): shown = Self.line(for: file)
        case .input, .resize, .marker, .exit, .fact, .unknown: return
        }
        try write(shown, to: destination.output)
        lastByte = shown.last ?? lastByte
    }

    /// A transfer has nothing else to show.
    private static func line(for file: Fact.MovedFile) -> [UInt8] {
        let path = String(decoding: file.path, as: UTF8.self).escapingControls()
        let digest = file.sha256.map { $0.escapingControls() } ?? "not in order, so without one"
        let verb = file.direction == .read ? "read" : "wrote"
        return Array("\(verb) \(path): \(file.bytes) bytes, SHA-256 \(digest)\r\n".utf8)
    }

    private mutating func restoreTerminal() throws(ReplayError) {
        var bytes: [UInt8] = []
        sanitizer.finish(into: &bytes)
        if isatty(destination.output) == 1, let lastByte, lastByte != UInt8(ascii: "\n") {
            bytes.append(contentsOf: "\r\n".utf8)
        }
        try write(bytes, to: destination.output)
    }

    private mutating func write(_ bytes: [UInt8], to descriptor: Int32) throws(ReplayError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    descriptor,
                    buffer.baseAddress?.advanced(by: written),
                    buffer.count - written
                )
            }
            if count > 0 {
                written += count
            } else if count < 0, errno == EPIPE || errno == EIO {
                throw .outputClosed
            } else if count < 0, errno == EINTR || errno == EAGAIN {
                // A viewer who stopped the output may want to end it.
                if ViewerTerminal.mustStop { return }
            } else {
                throw .system(operation: "write", path: "the output", code: errno)
            }
        }
    }
}
