import ShellSyntax

// What an option takes for its value, and which option the value then means.

extension ArgumentReading {
    /// Of a flag that is given and taken back, the last one counts: it excuses nothing, and whether
    /// it is set is not certain.
    private mutating func takeBack(_ tags: [Tag]) {
        guard tags.contains(where: result.tags.contains) else { return }
        result.noteUnknown("=false")
        result.tags.removeAll { $0 == .help || $0 == .simulate }
    }

    mutating func take(_ options: [KnownOption], attached: AbstractText?) {
        var attached = attached
        guard let shape = options.first?.value else { return }
        switch shape {
        case .none:
            if let value = attached {
                // `=true` and `=false` behind a flag. What reads options by `getopt` ends there.
                if value.literal == "false", style != .gnu {
                    return takeBack(options[0].tags)
                }
                if value.literal != "true" || style == .gnu {
                    result.noteUnknown("=false")
                }
            }
            result.tags += options[0].tags
        case .optional(let type):
            choose(options, type, attached)
        case .required:
            if attached == nil {
                guard index < arguments.count else {
                    // It says how it is used, and ends.
                    if result.knowledge.onlyReads {
                        result.tags.append(.help)
                        return
                    }
                    result.noteUnknown(AbstractText(options[0].spellings.first ?? ""))
                    return
                }
                guard case .one(let next) = arguments[index] else {
                    // The value, and more behind it; or none, and what follows is the value.
                    result.unclearValue = arguments[index].text
                    choose(options, nil, arguments[index].text)
                    takeMany(arguments[index])
                    index += 1
                    return
                }
                attached = next
                index += 1
            }
            choose(options, nil, attached)
        case .several(let types):
            result.tags += options[0].tags
            for type in types where index < arguments.count {
                result.values.append(
                    .init(type: type, value: arguments[index].text, tags: options[0].tags)
                )
                index += 1
            }
        case .rest(let type):
            result.tags += options[0].tags
            // `python3 -mhttp.server 80`: the first of them is attached.
            let first = attached.map { [Argument.one($0)] } ?? []
            result.rest = (type, first + arguments[index...])
        }
    }

    /// Takes the option that the value means.
    private mutating func choose(
        _ options: [KnownOption],
        _ type: ValueType?,
        _ value: AbstractText?
    ) {
        guard let value = value?.withoutMatches else {
            // An optional value that is not there.
            if let option = options.first(where: { $0.match == nil }) ?? options.first {
                result.tags += option.tags
            }
            return
        }
        var plain: KnownOption?
        for option in options {
            switch option.match {
            case nil: plain = option
            case .whole(let text):
                guard let literal = value.literal else {
                    if value.mayBe(text) { result.noteUnknown(value) }
                    continue
                }
                if literal.isEqualIgnoringCase(text) {
                    result.tags += option.tags
                    return
                }
            case .prefix(let text):
                // OpenSSH takes a blank in the place of `=`; the others take it for no setting.
                let isSetting =
                    value.knownPrefix.hasPrefixIgnoringCase(text)
                    || text.utf8.last == UInt8(ascii: "=")
                        && value.knownPrefix.hasPrefixIgnoringCase(
                            ShellText(text.utf8.dropLast() + [UInt8(ascii: " ")])
                        )
                if isSetting {
                    result.tags += option.tags
                    if let type = option.valueType {
                        let rest = value.dropping(text.utf8.count)
                        result.values.append(.init(type: type, value: rest, tags: option.tags))
                    }
                    return
                }
                if value.literal == nil, text.mayBegin(as: value.knownPrefix) {
                    result.noteUnknown(value)
                }
            }
        }
        guard let plain else {
            result.noteUnknown(value)
            return
        }
        result.tags += plain.tags
        if let type = plain.valueType {
            result.values.append(.init(type: type, value: value, tags: plain.tags))
        }
    }
}

extension AbstractText {
    /// Whether a text that is not known whole may be this one.
    fileprivate func mayBe(_ text: ShellText) -> Bool {
        let prefix = knownPrefix.utf8
        // The path of a directory begins with a slash.
        if case .directory = pieces.first { return text.utf8.first == UInt8(ascii: "/") }
        guard text.utf8.starts(with: prefix) else { return false }
        if case .unknown(let unknown) = pieces.first, unknown.shape == .name {
            // A name has no dash in front.
            return text.utf8.first != UInt8(ascii: "-") && pieces.count > 1
                || shape == UnknownText.Shape(of: text)
        }
        return pieces.count > 1 || shape == .text || shape == UnknownText.Shape(of: text)
    }
}

extension KnownOption {
    fileprivate var valueType: ValueType? {
        switch value {
        case .none, .several: nil
        case .required(let type), .optional(let type), .rest(let type): type
        }
    }
}

extension ShellText {
    fileprivate func isEqualIgnoringCase(_ other: ShellText) -> Bool {
        utf8.count == other.utf8.count && hasPrefixIgnoringCase(other)
    }

    /// Whether it begins with all of another text, which is shorter; blanks in front of that are passed
    /// over.
    fileprivate func mayBegin(as other: ShellText) -> Bool {
        let start = ShellText(Array(other.utf8.drop { $0 == 0x20 || $0 == 0x09 }))
        return start.utf8.count < utf8.count && hasPrefixIgnoringCase(start)
    }

    fileprivate func hasPrefixIgnoringCase(_ other: ShellText) -> Bool {
        utf8.count >= other.utf8.count
            && zip(utf8, other.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
    }
}
