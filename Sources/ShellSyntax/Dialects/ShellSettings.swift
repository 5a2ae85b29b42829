/// The options and aliases of a shell, as literal commands change them.
package struct ShellSettings: Hashable, Sendable {
    package private(set) var options: ShellOptions
    package private(set) var aliases = AliasTable()

    /// - Parameters:
    ///   - dialect: The shell.
    ///   - options: What it starts with, where it is not the dialect's own.
    package init(_ dialect: Dialect, options: ShellOptions? = nil) {
        self.options = options ?? ShellOptions(dialect)
    }

    /// Does what the commands of a list do to options and aliases, where that is plain to see.
    package mutating func follow(_ list: CommandList) {
        for item in list.items where item.terminator != .ampersand {
            for pipeline in [item.andOr.first] + item.andOr.rest.map(\.pipeline)
            where pipeline.commands.count == 1 {
                if case .simple(let command) = pipeline.commands[0] { follow(command) }
                if case .compound(let compound) = pipeline.commands[0],
                    case .braceGroup(let inner) = compound.body
                {
                    follow(inner)
                }
            }
        }
    }

    private mutating func follow(_ command: SimpleCommand) {
        // Nearly all commands are others, and to look through their words takes time.
        switch command.words.first?.plainText {
        case "alias", "builtin", "command", "set", "shopt", "unalias": break
        default: return
        }
        var arguments = command.words.map(\.plainText)
        while let name = arguments.first, name == "builtin" || name == "command" {
            arguments.removeFirst()
        }
        guard let name = arguments.first ?? nil else { return }
        arguments.removeFirst()
        let words = arguments.compactMap(\.self)
        switch name {
        case "shopt": followShopt(words)
        case "set": followSet(words)
        case "alias": for word in words { define(word) }
        case "unalias":
            for word in words {
                if word == "-a" { aliases.removeAll() } else { aliases[word] = nil }
            }
        default: return
        }
    }

    private mutating func followShopt(_ words: [ShellText]) {
        let switches = words.filter { $0.utf8.first == 0x2D }
        let sets = switches.contains { $0.utf8.contains(0x73) }
        let unsets = switches.contains { $0.utf8.contains(0x75) }
        guard sets != unsets else { return }
        for word in words {
            switch word {
            case "extglob": options.extendedGlob = sets
            case "expand_aliases": options.expandsAliases = sets
            case "interactive_comments": options.hasComments = sets
            case "posix": options.isPOSIX = sets
            case "braceexpand": options.expandsBraces = sets
            default: continue
            }
        }
    }

    private mutating func followSet(_ words: [ShellText]) {
        var index = 0
        while index < words.count, let sign = words[index].utf8.first,
            sign == 0x2D || sign == 0x2B
        {
            let letters = words[index].utf8.dropFirst()
            if letters.elementsEqual([0x2D]) { return }
            if letters.contains(0x42) { options.expandsBraces = sign == 0x2D }
            if letters.last == 0x6F, index + 1 < words.count {
                index += 1
                switch words[index] {
                case "posix":
                    options.isPOSIX = sign == 0x2D
                    if sign == 0x2D { options.expandsAliases = true }
                case "braceexpand": options.expandsBraces = sign == 0x2D
                default: break
                }
            }
            index += 1
        }
    }

    private mutating func define(_ word: ShellText) {
        guard let equals = word.utf8.firstIndex(of: 0x3D), equals > word.utf8.startIndex else {
            return
        }
        aliases[ShellText(Array(word.utf8[..<equals]))] =
            ShellText(Array(word.utf8[word.utf8.index(after: equals)...]))
    }
}

extension Word {
    /// The text after quote removal, where nothing is expanded.
    fileprivate var plainText: ShellText? {
        if let literal { return literal }
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal), .escaped(let literal), .singleQuoted(let literal):
                text += literal.text.description
            case .doubleQuoted(let quoted):
                guard let inner = Word(parts: quoted.parts, range: quoted.range).plainText else {
                    return nil
                }
                text += inner.description
            case .ansiCQuoted, .tilde, .parameter, .commandSubstitution, .arithmetic,
                .processSubstitution, .braceExpansion, .extendedGlob, .array, .deferredError:
                return nil
            }
        }
        return ShellText(text)
    }
}
