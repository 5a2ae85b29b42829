import ShellSyntax

// Which option an argument is: by its letters, its name, or the beginning of one.

extension ArgumentReading {
    mutating func readOption(_ text: AbstractText) {
        let count = result.tags.count
        readAny(text)
        guard mayBeOver else { return }
        // What would excuse all the rest may be no option, or one of a command that stands in front.
        let isExcuse = result.tags[count...].contains { $0 == .help || $0 == .simulate }
        guard isExcuse || style == .posix && result.tags.count > count else { return }
        result.tags.removeSubrange(count...)
        result.noteUnknown(text)
    }

    private mutating func readAny(_ text: AbstractText) {
        let prefix = text.knownPrefix
        if prefix == "--", text.literal != nil {
            areOptionsOver = true
            return
        }
        let isDouble = prefix.begins(with: "--")
        switch style {
        case .dash, .dashAnywhere: readNamed(text, dashes: isDouble ? 2 : 1)
        case .gnu, .posix, .plain:
            if isDouble {
                readNamed(text, dashes: 2)
            } else if isSignal(text) {
                readPrefixed(text)
            } else if hasNamed(text) {
                readNamed(text, dashes: 1)
            } else {
                readBundle(text)
            }
        case .none: return
        }
    }

    /// Whether it is a name of several letters behind one dash.
    private func hasNamed(_ text: AbstractText) -> Bool {
        guard lists.contains(where: \.hasNames) else { return false }
        let prefix = text.knownPrefix
        let name = ShellText(Array(prefix.utf8.prefix { $0 != UInt8(ascii: "=") }))
        guard name.utf8.count > 2 else { return false }
        return candidates(name).isEmpty == false
    }

    /// Whether it is `-HUP` to a program that takes a signal so: it looks for that before it reads
    /// bundles of letters.
    private func isSignal(_ text: AbstractText) -> Bool {
        let option = lists.lazy.compactMap(\.dashOption).first
        guard option?.value == .required(.signal), let literal = text.literal,
            candidates(literal).isEmpty
        else { return false }
        return literal.isSignalOption
    }

    /// An option with a name: `--name`, `--name=value`, `-name value`.
    private mutating func readNamed(_ text: AbstractText, dashes: Int) {
        let prefix = text.knownPrefix
        let name = ShellText(Array(prefix.utf8.prefix { $0 != UInt8(ascii: "=") }))
        let isAttached = name.utf8.count < prefix.utf8.count
        guard isAttached || text.literal != nil else {
            // The name goes on in text that is not known.
            result.noteUnknown(text)
            return
        }
        var found = candidates(name)
        if found.isEmpty, style == .dash || style == .dashAnywhere {
            // One dash or two are the same.
            let other =
                dashes == 2
                ? ShellText(Array(name.utf8.dropFirst())) : ShellText("-" + name.description)
            found = candidates(other)
        }
        if found.isEmpty, style == .gnu || style == .posix, dashes == 2 {
            found = abbreviated(name)
        }
        if found.isEmpty {
            readPrefixed(text)
            return
        }
        let value = isAttached ? text.dropping(name.utf8.count + 1) : nil
        take(found, attached: value)
    }

    /// A bundle of letters, of which the last may have a value.
    private mutating func readBundle(_ text: AbstractText) {
        let prefix = Array(text.knownPrefix.utf8)
        var position = 1
        while position < prefix.count {
            let sign: UInt8 = prefix[0]
            let length = prefix[position...].characterLength
            let spelling = Self.spelling(sign, prefix[position..<(position + length)])
            let found = candidates(spelling)
            guard let first = found.first else {
                if position == 1 { readPrefixed(text) } else { result.noteUnknown(text) }
                return
            }
            position += length
            switch first.value {
            case .none:
                take(found, attached: nil)
            case .required, .optional, .several, .rest:
                let attached = text.dropping(position)
                take(found, attached: attached.pieces.isEmpty ? nil : attached)
                return
            }
        }
        // The letters go on in text that is not known.
        if text.pieces.count > 1 { result.noteUnknown(text) }
    }

    /// A letter behind its dash.
    private static func spelling(_ sign: UInt8, _ letter: ArraySlice<UInt8>) -> ShellText {
        guard sign == UInt8(ascii: "-"), letter.count == 1, let byte = letter.first, byte < 0x80
        else { return ShellText([sign] + letter) }
        return letters[Int(byte)]
    }

    private static let letters = (0..<0x80).map { ShellText([UInt8(ascii: "-"), UInt8($0)]) }

    /// `-SIGNAL`, `+EDITOR`: the name is the value.
    private mutating func readPrefixed(_ text: AbstractText) {
        let sign = ShellText([text.knownPrefix.utf8.first ?? 0])
        guard let option = candidates(sign).first else {
            result.noteUnknown(text)
            return
        }
        take([option], attached: text.dropping(1))
    }

    private func candidates(_ spelling: ShellText) -> [KnownOption] {
        for list in lists {
            if let found = list.optionsBySpelling[spelling] { return found }
        }
        return []
    }

    /// The options that a beginning of a long name can only mean.
    private func abbreviated(_ name: ShellText) -> [KnownOption] {
        var found: [KnownOption] = []
        for list in lists {
            for option in list.options
            where option.spellings.contains(where: {
                $0.utf8.starts(with: "--".utf8) && $0.utf8.starts(with: name.utf8)
            }) && !found.contains(option) {
                found.append(option)
            }
        }
        // Several are one where they have a spelling in common.
        guard let first = found.first else { return [] }
        return found.allSatisfy { $0.spellings == first.spellings } ? found : []
    }
}

extension ArraySlice<UInt8> {
    /// The bytes of the first UTF-8 character.
    fileprivate var characterLength: Int {
        var length = 1
        while length < count, self[startIndex + length] & 0xC0 == 0x80 { length += 1 }
        return length
    }
}
