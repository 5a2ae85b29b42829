internal import AuditTrail
internal import Glibc

/// How wide the lines of a listing may be.
struct ListingWidth {
    /// Nil where a line may be as long as it is: in pipes and files, and with `--wide`.
    let columns: Int?

    /// Of the standard output.
    static func ofOutput(isWide: Bool) -> ListingWidth {
        guard !isWide, isatty(STDOUT_FILENO) == 1 else { return ListingWidth(columns: nil) }
        var size = winsize()
        // Nobody says how wide a serial line is.
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return ListingWidth(columns: 80)
        }
        return ListingWidth(columns: Int(size.ws_col))
    }

    /// A line of cells; where they are too wide together, `flexible` gives way, then what is behind.
    func line(_ before: [String], flexible: String = "", _ after: [String] = []) -> String {
        let cells = { (middle: String) in
            (before + [middle] + after).filter { !$0.isEmpty }.joined(separator: "  ")
        }
        let whole = cells(flexible)
        guard let columns, whole.displayColumns > columns else { return whole }
        let rest = flexible.displayColumns - (whole.displayColumns - columns)
        let least = min(flexible.displayColumns, Self.leastColumns)
        return cells(flexible.clipped(toColumns: max(rest, least))).clipped(toColumns: columns)
    }

    /// With less a command says nothing.
    private static let leastColumns = 12

    /// A moment: whole, or for a terminal without the year and the fraction.
    func time(_ time: Timestamp) -> String {
        let whole = time.description
        guard columns != nil else { return whole }
        // 2026-11-26T09:59:28.123456Z
        return String(whole.dropFirst(5).prefix(14).map { $0 == "T" ? " " : $0 })
    }
}

extension String {
    /// The columns that a terminal needs for it; it holds no control characters.
    var displayColumns: Int { reduce(0) { $0 + $1.displayColumns } }

    /// Its beginning, with `…` at the end where it was longer.
    func clipped(toColumns columns: Int) -> String {
        guard displayColumns > columns else { return self }
        var clipped = ""
        var room = columns - 1
        for character in self {
            room -= character.displayColumns
            guard room >= 0 else { break }
            clipped.append(character)
        }
        return clipped + "…"
    }
}

extension Character {
    /// Two for what East Asia writes and for pictures, as terminals show them.
    fileprivate var displayColumns: Int {
        guard let scalar = unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
