/// Passes on what a recording shows, and nothing that makes the viewer's terminal answer, write, or
/// stay changed.
///
/// A small machine after ECMA-48 and the parser of DEC's terminals. It lets no control sequence
/// through that it has not read to its end: a sequence is rebuilt from what is known to be harmless
/// or left out, so the terminal is never inside a sequence when this machine is not. The result
/// does not depend on how the bytes were cut.
///
/// | state | bytes | next |
/// |---|---|---|
/// | ground | text, harmless C0 | ground |
/// | ground | first byte of a character | character |
/// | any | ESC | escape |
/// | any | CAN, SUB | ground |
/// | escape | 0x20…0x2f | escape, collected |
/// | escape | `[` | control sequence |
/// | escape | `]` `P` `X` `^` `_` `k` | string |
/// | escape | other | ground |
/// | control sequence | 0x20…0x3f | control sequence, collected |
/// | control sequence | 0x40…0x7e | ground |
/// | string | BEL, for an OSC; too many bytes | ground |
/// | string | other | string |
///
/// C1 control characters, U+0080 to U+009F, act as their two-byte forms do.
package struct TerminalSanitizer: ~Copyable {
    private enum State {
        case ground
        /// Inside a UTF-8 character: how many bytes are missing, and the range of the next.
        case character(missing: Int, next: ClosedRange<UInt8>)
        case escape
        case controlSequence
        /// Left out up to its end.
        case string(endsAtBell: Bool)
        /// Inside a UTF-8 character in a string: it may be the C1 form of its end.
        case stringCharacter(endsAtBell: Bool)
    }

    /// LIMIT: a colour list of a few true colours; what is longer is left out.
    static let maximumSequenceBytes = 256
    /// LIMIT: what a string may hide.
    ///
    /// Real ones are shorter, but for pictures; what follows is shown as text, so that nobody hides
    /// the rest of a session behind a string that never ends.
    static let maximumStringBytes = 64 * 1024

    private var state = State.ground
    /// The bytes of the character, escape or control sequence that is being read.
    private var collected: [UInt8] = []
    private var isTooLong = false
    private var stringBytes = 0
    private var changes = TerminalChanges()

    package init() {}

    /// Appends what may be shown of these bytes.
    package mutating func sanitize(_ bytes: some Sequence<UInt8>, into output: inout [UInt8]) {
        for byte in bytes { take(byte, &output) }
    }

    /// Appends what ends a replay: everything that was left open or switched is put back.
    package mutating func finish(into output: inout [UInt8]) {
        if case .character = state { output.append(contentsOf: Self.replacement) }
        reset()
        changes.restore(into: &output)
    }

    private static let replacement = Array("\u{fffd}".utf8)

    private mutating func reset() {
        state = .ground
        collected.removeAll(keepingCapacity: true)
        isTooLong = false
        stringBytes = 0
    }

    private mutating func take(_ byte: UInt8, _ output: inout [UInt8]) {
        switch state {
        case .ground: ground(byte, &output)
        case .character(let missing, let next): character(byte, missing, next, &output)
        case .escape: escape(byte, &output)
        case .controlSequence: controlSequence(byte, &output)
        case .string(let endsAtBell): string(byte, endsAtBell)
        case .stringCharacter(let endsAtBell):
            state = .string(endsAtBell: endsAtBell)
            // U+009C, the C1 form of ST.
            if byte == 0x9c { reset() } else { string(byte, endsAtBell) }
        }
    }

    // MARK: text

    private mutating func ground(_ byte: UInt8, _ output: inout [UInt8]) {
        switch byte {
        case 0x20...0x7e: output.append(byte)
        case 0x00...0x1f, 0x7f: control(byte, &output)
        case 0xc2...0xf4:
            let (missing, next) = Self.continuation(of: byte)
            collected.append(byte)
            state = .character(missing: missing, next: next)
        default: output.append(contentsOf: Self.replacement)
        }
    }

    /// A C0 control character outside of a string: terminals obey it inside a sequence, too.
    private mutating func control(_ byte: UInt8, _ output: inout [UInt8]) {
        switch byte {
        case 0x1b:
            reset()
            state = .escape
        case 0x18, 0x1a: reset()
        // BEL, BS, HT, LF, VT, FF, CR
        case 0x07...0x0d: output.append(byte)
        case 0x0e, 0x0f:
            changes.selectsCharacterSet = true
            output.append(byte)
        // NUL, ENQ, XON and all others do nothing, or make the terminal answer or wait.
        default: break
        }
    }

    private static func continuation(of lead: UInt8) -> (missing: Int, next: ClosedRange<UInt8>) {
        switch lead {
        case 0xe0: (2, 0xa0...0xbf)
        case 0xed: (2, 0x80...0x9f)
        case 0xe1...0xef: (2, 0x80...0xbf)
        case 0xf0: (3, 0x90...0xbf)
        case 0xf4: (3, 0x80...0x8f)
        case 0xf1...0xf3: (3, 0x80...0xbf)
        default: (1, 0x80...0xbf)
        }
    }

    private mutating func character(
        _ byte: UInt8,
        _ missing: Int,
        _ next: ClosedRange<UInt8>,
        _ output: inout [UInt8]
    ) {
        guard next.contains(byte) else {
            reset()
            output.append(contentsOf: Self.replacement)
            return ground(byte, &output)
        }
        collected.append(byte)
        guard missing == 1 else {
            state = .character(missing: missing - 1, next: 0x80...0xbf)
            return
        }
        let whole = collected
        reset()
        if whole[0] == 0xc2, whole[1] < 0xa0 {
            state = .escape
            escape(whole[1] - 0x40, &output)
        } else {
            output.append(contentsOf: whole)
        }
    }

    // MARK: sequences

    private mutating func escape(_ byte: UInt8, _ output: inout [UInt8]) {
        switch byte {
        case 0x00...0x1f: control(byte, &output)
        case 0x20...0x2f: collect(byte)
        case 0x5b where collected.isEmpty: state = .controlSequence
        case 0x5d where collected.isEmpty: state = .string(endsAtBell: true)
        // DCS, SOS, PM, APC, and the title of screen, which others would show as text.
        case 0x50, 0x58, 0x5e, 0x5f, 0x6b:
            guard collected.isEmpty else { return reset() }
            state = .string(endsAtBell: false)
        case 0x30...0x7e:
            let intermediates = collected
            let fits = !isTooLong
            reset()
            if fits { changes.escape(intermediates, byte, into: &output) }
        case 0x7f: break
        default:
            reset()
            ground(byte, &output)
        }
    }

    private mutating func controlSequence(_ byte: UInt8, _ output: inout [UInt8]) {
        switch byte {
        case 0x00...0x1f: control(byte, &output)
        case 0x20...0x3f: collect(byte)
        case 0x40...0x7e:
            let parameters = collected
            let fits = !isTooLong
            reset()
            if fits, let sequence = ControlSequence(parameters: parameters, final: byte) {
                changes.controlSequence(sequence, into: &output)
            }
        case 0x7f: break
        default:
            reset()
            ground(byte, &output)
        }
    }

    private mutating func collect(_ byte: UInt8) {
        guard collected.count < Self.maximumSequenceBytes else {
            isTooLong = true
            return
        }
        collected.append(byte)
    }

    private mutating func string(_ byte: UInt8, _ endsAtBell: Bool) {
        stringBytes += 1
        guard stringBytes < Self.maximumStringBytes else { return reset() }
        switch byte {
        case 0x1b:
            // ESC `\` ends the string; any other sequence ends it as well, and is read.
            reset()
            state = .escape
        case 0x18, 0x1a: reset()
        case 0x07 where endsAtBell: reset()
        case 0xc2: state = .stringCharacter(endsAtBell: endsAtBell)
        default: break
        }
    }
}
