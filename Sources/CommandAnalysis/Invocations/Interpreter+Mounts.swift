import ShellSyntax

// Directories of the host in a container.

extension Interpreter {
    /// `-v HOST-PATH:PATH[:ro]`: what stands in the container is the host's, and root is there.
    mutating func mount(
        _ value: AbstractText,
        _ work: inout Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        var source =
            value.part(behind: ["source=", "src="], until: UInt8(ascii: ","))
            ?? value.part(until: UInt8(ascii: ":"))
        var isReadOnly = false
        if let literal = value.literal {
            // `--mount type=bind,source=/x,target=/y` and `-v /x:/y:ro`.
            let fields = literal.utf8.split(separator: UInt8(ascii: ",")).map {
                ShellText(Array($0))
            }
            let named = fields.first { field in
                field.utf8.starts(with: "src=".utf8) || field.utf8.starts(with: "source=".utf8)
            }
            if let named {
                let path = named.utf8.drop { $0 != UInt8(ascii: "=") }.dropFirst()
                source = AbstractText(ShellText(Array(path)))
                isReadOnly = fields.contains("readonly") || fields.contains("ro")
            } else {
                let parts = literal.utf8.split(separator: UInt8(ascii: ":"))
                source = AbstractText(ShellText(parts.first.map { Array($0) } ?? []))
                isReadOnly =
                    parts.count > 2
                    && parts[2].split(separator: UInt8(ascii: ",")).contains {
                        $0.elementsEqual("ro".utf8)
                    }
            }
        }
        let first = source.knownPrefix.utf8.first
        let isPath =
            first == UInt8(ascii: "/") || first == UInt8(ascii: ".")
            || first == UInt8(ascii: "~") || source.literal == nil
        guard isPath else { return }
        work.didAnything = true
        var root = frame
        root.identity = .account("root")
        access(.readTree, source, &state, root, program: work.program, at: work.range)
        guard !isReadOnly else { return }
        access(.writeInto, source, &state, root, program: work.program, at: work.range)
    }
}

extension AbstractText {
    /// What stands between one of these texts and a byte; nil where none of them is written out.
    fileprivate func part(behind marks: [ShellText], until end: UInt8) -> AbstractText? {
        for (index, piece) in pieces.enumerated() {
            guard case .text(let text) = piece else { continue }
            let bytes = Array(text.utf8)
            for start in bytes.indices {
                for mark in marks where bytes[start...].starts(with: mark.utf8) {
                    let rest = ShellText(bytes[(start + mark.utf8.count)...])
                    return AbstractText([.text(rest)] + pieces[(index + 1)...]).part(until: end)
                }
            }
        }
        return nil
    }

    /// What stands before a byte that is written out.
    fileprivate func part(until end: UInt8) -> AbstractText {
        for (index, piece) in pieces.enumerated() {
            guard case .text(let text) = piece, let offset = text.utf8.firstIndex(of: end) else {
                continue
            }
            return AbstractText(pieces[..<index] + [.text(ShellText(Array(text.utf8[..<offset])))])
        }
        return self
    }
}
