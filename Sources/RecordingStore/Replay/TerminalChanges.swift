/// Which sequences are harmless, and what they left switched in the viewer's terminal.
struct TerminalChanges {
    var selectsCharacterSet = false
    private var hasStyle = false
    private var hasRegion = false
    private var insertsCharacters = false
    /// Private modes that do not have their usual value.
    private var switchedModes: Set<Int> = []
    private var alternateScreen: Int?

    // MARK: what is harmless

    /// Passes on an escape sequence, if it only shows.
    mutating func escape(_ intermediates: [UInt8], _ final: UInt8, into output: inout [UInt8]) {
        switch (intermediates.first, final) {
        // Save and restore the cursor, index, next line, reverse index.
        case (nil, UInt8(ascii: "7")), (nil, UInt8(ascii: "8")), (nil, UInt8(ascii: "D")),
            (nil, UInt8(ascii: "E")), (nil, UInt8(ascii: "M")):
            output.append(contentsOf: [0x1b, final])
        // A full reset empties the scrollback of some terminals: show only what it shows.
        case (nil, UInt8(ascii: "c")):
            restore(into: &output)
            output.append(contentsOf: "\u{1b}[2J\u{1b}[H".utf8)
        // ASCII, British, and line drawing characters as G0 to G3.
        case (UInt8(ascii: "(")?, 0x30), (UInt8(ascii: "("), 0x41...0x42),
            (UInt8(ascii: ")")?, 0x30), (UInt8(ascii: ")"), 0x41...0x42):
            guard intermediates.count == 1 else { return }
            selectsCharacterSet = true
            output.append(contentsOf: [0x1b, intermediates[0], final])
        // The screen alignment pattern, and lines of double size.
        case (UInt8(ascii: "#")?, 0x33...0x36), (UInt8(ascii: "#"), 0x38):
            guard intermediates.count == 1 else { return }
            output.append(contentsOf: [0x1b, intermediates[0], final])
        // All others: requests for an answer, other codings, keypad modes, locking shifts.
        case _: break
        }
    }

    /// Passes on a control sequence, or the harmless part of it.
    mutating func controlSequence(_ sequence: ControlSequence, into output: inout [UInt8]) {
        switch sequence.marker {
        case nil: standard(sequence, &output)
        case UInt8(ascii: "?"): privateSequence(sequence, &output)
        case _: break
        }
    }

    private mutating func standard(_ sequence: ControlSequence, _ output: inout [UInt8]) {
        let isStyle = sequence.final == UInt8(ascii: "m")
        guard isStyle || !sequence.hasSubparameters else { return }
        switch Unicode.Scalar(sequence.final) {
        case "m": hasStyle = true
        // Cursor movement, insert, delete, scroll, erase, repeat.
        case "@", "A", "B", "C", "D", "E", "F", "G", "H", "I", "K", "L", "M", "P", "S", "X", "Z",
            "`", "a", "b", "d", "e", "f":
            break
        // Scroll down; with more parameters it starts highlight tracking of the mouse.
        case "T": guard sequence.parameters.count <= 1 else { return }
        // Erase, but not the scrollback.
        case "J": guard !sequence.numbers.contains(3) else { return }
        case "r": hasRegion = true
        // Save and restore the cursor; with parameters they are margins and keyboard modes.
        case "s", "u": guard sequence.parameters.isEmpty else { return }
        case "h", "l":
            // Only insert mode: others lock the keyboard, or change what keys send.
            guard sequence.numbers == [4] else { return }
            insertsCharacters = sequence.final == UInt8(ascii: "h")
        // Reports, media copy, window operations, tab stops, pointer and cursor shapes.
        case _: return
        }
        sequence.append(sequence.parameters, to: &output)
    }

    /// Modes that only change what is shown, with their usual value.
    ///
    /// Left out are keys, mouse, focus and paste reports, columns, margins, synchronized output.
    private static let harmlessModes: [Int: Bool] = [
        5: false, 6: false, 7: true, 12: false, 25: true, 45: false, 47: false, 1047: false,
        1048: false, 1049: false,
    ]

    private mutating func privateSequence(_ sequence: ControlSequence, _ output: inout [UInt8]) {
        switch Unicode.Scalar(sequence.final) {
        // Selective erase.
        case "J", "K":
            guard !sequence.hasSubparameters, !sequence.numbers.contains(3) else { return }
            sequence.append(sequence.parameters, to: &output)
        case "h", "l":
            let isSet = sequence.final == UInt8(ascii: "h")
            let modes = sequence.numbers.compactMap { $0 }.filter { Self.harmlessModes[$0] != nil }
            guard !modes.isEmpty else { return }
            for mode in modes { switchMode(mode, to: isSet) }
            sequence.append(modes.map { Array(String($0).utf8) }, to: &output)
        case _: break
        }
    }

    private mutating func switchMode(_ mode: Int, to isSet: Bool) {
        switch mode {
        case 47, 1047, 1049: alternateScreen = isSet ? mode : nil
        // Saves or restores the cursor.
        case 1048: break
        case _ where Self.harmlessModes[mode] == isSet: switchedModes.remove(mode)
        case _: switchedModes.insert(mode)
        }
    }

    // MARK: putting back

    /// Appends what puts the terminal back, and forgets the changes.
    mutating func restore(into output: inout [UInt8]) {
        if let mode = alternateScreen {
            output.append(contentsOf: "\u{1b}[?\(mode)l".utf8)
        }
        if hasRegion || switchedModes.contains(6) {
            // Both put the cursor home: go on below everything.
            output.append(contentsOf: "\u{1b}[?6l\u{1b}[r\u{1b}[999;1H".utf8)
        }
        for mode in switchedModes.sorted() where mode != 6 {
            let isSet = Self.harmlessModes[mode] ?? false
            output.append(contentsOf: "\u{1b}[?\(mode)\(isSet ? "h" : "l")".utf8)
        }
        if insertsCharacters { output.append(contentsOf: "\u{1b}[4l".utf8) }
        if selectsCharacterSet { output.append(contentsOf: "\u{0f}\u{1b}(B\u{1b})B".utf8) }
        if hasStyle { output.append(contentsOf: "\u{1b}[0m".utf8) }
        self = TerminalChanges()
    }
}
