import ShellSyntax

// What several commands print, one after the other.
//
// `{ false && printf '#'; echo reboot; } | sh` reboots. A text that is perhaps not printed is known as
// long as it stands alone, for where it is code, no code does nothing. With anything before or behind
// it, nothing is known.

/// How surely a command prints what it prints.
enum OutputSurety: Comparable {
    /// Perhaps its beginning alone.
    case inPart
    /// Perhaps nothing of it.
    case allOrNothing
    /// In any case.
    case certain
}

/// What was printed so far.
struct Printed {
    private(set) var text = AbstractText.empty
    private(set) var surety = OutputSurety.certain

    /// Adds what is printed next.
    mutating func append(_ other: AbstractText, _ otherSurety: OutputSurety) {
        if other.pieces.isEmpty { return }
        if text.pieces.isEmpty {
            text = other
            surety = otherSurety
        } else if surety == .certain && otherSurety == .certain {
            text.append(other)
            text = text.followed
        } else {
            text = text.perhapsPrinted + other.perhapsPrinted
            surety = .certain
        }
    }

    /// Adds what is printed where the rest is not, or behind part of it.
    mutating func append(alternative other: AbstractText) {
        // Two of a kind, as in `$(nproc || echo 4)`, are of that kind.
        let shape = AbstractText.commonShape(of: [
            text.withoutFinalNewlines, other.withoutFinalNewlines,
        ])
        if text.pieces.count == 1, case .unknown = text.pieces[0], !other.pieces.isEmpty,
            shape != .text
        {
            text = AbstractText(UnknownText(shape, from: .output))
            return
        }
        append(other, .allOrNothing)
    }
}

extension Interpreter {
    /// Adds what a command printed that was just run.
    mutating func append(
        _ text: AbstractText,
        to printed: inout Printed,
        _ state: inout ShellState,
        _ frame: Frame,
        hasLeft: Bool
    ) {
        let surety = outputSurety
        outputSurety = .certain
        guard frame.collects, !text.pieces.isEmpty else { return }
        if hasLeft { state.progress.printsPerhaps = true }
        printed.append(text, surety)
    }

    /// The whole of it; whether it is printed in any case is for whoever asks next.
    mutating func finish(_ printed: Printed) -> AbstractText {
        outputSurety = printed.surety
        return printed.text
    }

    /// Notes that a subshell, a function or a loop was perhaps left before it printed all of that.
    mutating func end(_ output: AbstractText, _ progress: ShellProgress) {
        if progress.printsPerhaps, !output.pieces.isEmpty { doubtOutput(.inPart) }
    }

    /// An output as far as it is known with something before or behind it.
    mutating func takeSure(_ output: AbstractText) -> AbstractText {
        defer { outputSurety = .certain }
        return outputSurety == .certain ? output : output.perhapsPrinted
    }

    /// Puts an output where it goes; in a file it stands beside what others write there.
    mutating func finish(
        _ redirected: Redirected,
        _ output: AbstractText,
        isDoubtful: Bool,
        _ state: inout ShellState,
        _ frame: Frame
    ) -> AbstractText {
        let output = redirected.outputs == nil ? output : takeSure(output)
        let before = state.files
        let rest = redirected.finish(output, &state, collects: frame.collects)
        // Where another one fails, it is not even empty.
        if isDoubtful { state.files.join(before) }
        return rest
    }
}

extension AbstractText {
    /// The same where it is perhaps not printed, or not all of it.
    var perhapsPrinted: AbstractText {
        if pieces.isEmpty { return self }
        let isFromElsewhere = pieces.contains { piece in
            if case .unknown(let unknown) = piece { unknown.origin == .connection } else { false }
        }
        return isFromElsewhere ? AbstractText(.fromElsewhere) : .notComputed
    }
}
