package import Recording

/// A key that a viewer may press.
package enum ReplayKey: Hashable, Sendable {
    case pause
    /// Shows the next output while paused.
    case step
    /// Goes on to the next marker while paused.
    case nextMarker
    case quit

    package init?(byte: UInt8) {
        switch byte {
        case UInt8(ascii: " "): self = .pause
        case UInt8(ascii: "."): self = .step
        case UInt8(ascii: "]"): self = .nextMarker
        // Ctrl-C: the terminal is raw and sends no signal.
        case UInt8(ascii: "q"), 0x03: self = .quit
        default: return nil
        }
    }
}

/// When each event of a replay is shown.
///
/// All times are of one monotonic clock, in nanoseconds.
///
/// | state | event | next |
/// |---|---|---|
/// | playing | pause | paused |
/// | paused | pause | playing |
/// | paused | step | stepping, until an output is shown, then paused |
/// | paused | next marker | seeking, until a marker is shown, then paused |
/// | stepping, seeking | pause | paused |
/// | any | quit | over |
/// | any | the source ended and nothing waits | over |
package struct ReplayMachine: ~Copyable {
    private enum State {
        case playing
        case paused(since: UInt64)
        case stepping
        case seeking
        case over
    }

    /// What the driver does next; it asks again after each.
    package enum NextAction: Hashable, Sendable {
        /// Bring the next event, or say that there is none.
        case bringEvent
        case show(RecordedEvent)
        /// Nothing is due before this time, unless a key is pressed.
        case wait(until: UInt64)
        case waitForKey
        case finish
    }

    private let pace: ReplayPace
    private var state = State.playing
    private var isSourceOver = false
    private var waiting: RecordedEvent?
    /// When `waiting` is due.
    private var due: UInt64
    /// When the last event was due or shown, and its time in the recording.
    private var shown: (at: UInt64, position: Int64)

    package init(pace: ReplayPace, at now: UInt64) {
        self.pace = pace
        due = now
        shown = (now, 0)
    }

    package mutating func next(at now: UInt64) -> NextAction {
        if case .over = state { return .finish }
        guard let event = waiting else {
            guard isSourceOver else { return .bringEvent }
            state = .over
            return .finish
        }
        switch state {
        case .playing:
            guard due <= now else { return .wait(until: due) }
            return show(event, at: due)
        case .paused: return .waitForKey
        case .stepping:
            if case .output = event.kind { state = .paused(since: now) }
            return show(event, at: now)
        case .seeking:
            if case .marker = event.kind { state = .paused(since: now) }
            return show(event, at: now)
        case .over: return .finish
        }
    }

    private mutating func show(_ event: RecordedEvent, at time: UInt64) -> NextAction {
        waiting = nil
        shown = (time, event.microseconds)
        return .show(event)
    }

    /// The source has another event.
    package mutating func arrived(_ event: RecordedEvent) {
        precondition(waiting == nil, "an event is brought only when asked for")
        waiting = event
        due = Self.sum(
            shown.at,
            pace.nanoseconds(from: shown.position, to: event.microseconds)
        )
    }

    /// The source has no more events.
    package mutating func sourceEnded() {
        isSourceOver = true
    }

    package mutating func pressed(_ key: ReplayKey, at now: UInt64) {
        switch (state, key) {
        case (.over, _): break
        case (_, .quit): state = .over
        case (.playing, .pause), (.stepping, .pause), (.seeking, .pause):
            state = .paused(since: now)
        case (.paused(let since), .pause):
            // The pause does not count: everything later moves by its length.
            let length = now >= since ? now - since : 0
            shown.at = Self.sum(shown.at, length)
            due = Self.sum(due, length)
            state = .playing
        case (.paused, .step): state = .stepping
        case (.paused, .nextMarker): state = .seeking
        case (.playing, .step), (.playing, .nextMarker), (.stepping, .step),
            (.stepping, .nextMarker), (.seeking, .step), (.seeking, .nextMarker):
            break
        }
    }

    private static func sum(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let (sum, overflow) = first.addingReportingOverflow(second)
        return overflow ? .max : sum
    }
}
