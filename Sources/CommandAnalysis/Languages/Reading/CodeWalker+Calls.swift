import ShellSyntax

// What a known call does with its arguments.

extension CodeWalker {
    /// Notes what a call does; the arguments are those between the brackets at a place.
    mutating func perform(_ call: KnownCall, from start: Int, in open: Int) {
        switch call {
        case .harmless: return
        case .opaque: return builder.giveUp()
        default: perform(call, arguments(in: open), at: span(start, call: open))
        }
    }

    /// Notes what a function may do that is named but not called here.
    mutating func mention(_ call: KnownCall, at place: Int) {
        if call == .harmless { return }
        builder.giveUp()
        if call != .opaque { perform(call, [], at: list.place(place..<place + 1)) }
    }

    mutating func perform(_ call: KnownCall, _ arguments: [CallArgument], at range: Range<Int>) {
        let first = arguments.first?.text ?? .notComputed
        let second = arguments.dropFirst().first?.text ?? .notComputed
        switch call {
        case .harmless: break
        case .opaque: builder.giveUp()
        case .shell: builder.add(.shell(first), at: range)
        case .pipe: pipe(first, arguments.dropFirst().first, at: range)
        case .shellOrProgram where arguments.count == 1 && arguments[0].list == nil:
            builder.add(.shell(first), at: range)
        case .shellOrProgram, .program: program(arguments, at: range)
        case .replacement: replacement(arguments, at: range)
        case .file(let use, let operands): files(use, operands, arguments, at: range)
        case .move:
            builder.add(.deleteFile(first, isRecursive: false), at: range)
            builder.add(.writeFile(second), at: range)
        case .link:
            builder.add(.readFile(first), at: range)
            for path in [first, second] { builder.add(.writeFile(path), at: range) }
        case .copy:
            builder.add(.readFile(first), at: range)
            builder.add(.writeFile(second), at: range)
        case .open: open(first, arguments, at: range)
        case .connect:
            builder.add(.connect(host: arguments.first.flatMap(host) ?? first), at: range)
        case .url: url(first, at: range)
        case .signal(let operands): signal(operands, arguments, at: range)
        case .download:
            url(first, at: range)
            builder.add(.writeFile(second), at: range)
        }
    }

    private mutating func pipe(
        _ command: AbstractText,
        _ mode: CallArgument?,
        at range: Range<Int>
    ) {
        let isRead = mode.map { $0.text.literal?.utf8.first == UInt8(ascii: "r") } ?? true
        builder.add(isRead ? .shell(command) : .shellWithInput(command), at: range)
    }

    private mutating func program(_ arguments: [CallArgument], at range: Range<Int>) {
        let words = arguments.flatMap(\.arguments)
        builder.add(.command(words.isEmpty ? [.any(.notComputed)] : words), at: range)
    }

    /// The zeroth argument is a name only; the program is what comes before.
    private mutating func replacement(_ arguments: [CallArgument], at range: Range<Int>) {
        guard let program = arguments.first else {
            return builder.add(.command([.any(.notComputed)]), at: range)
        }
        // A single argument that is no list that is written out is a list that is not known.
        let isUnknown = arguments.count == 2 && arguments[1].list == nil
        let rest: [Argument] =
            isUnknown
            ? [.any(.notComputed)]
            : Array(arguments.dropFirst().flatMap(\.arguments).dropFirst())
        builder.add(.command([.one(program.text)] + rest), at: range)
    }

    private mutating func signal(
        _ operands: SignalOperands,
        _ arguments: [CallArgument],
        at range: Range<Int>
    ) {
        let isProcessFirst = operands == .processFirst
        let signal = isProcessFirst ? arguments.dropFirst().first : arguments.first
        // Zero only asks whether the process is there.
        if signal?.word == "0" { return }
        let processes = isProcessFirst ? arguments.prefix(1) : arguments.dropFirst()
        let texts = processes.map { $0.word.map { AbstractText($0) } ?? $0.text }
        builder.addSignal(to: texts.isEmpty ? [.notComputed] : texts, at: range)
    }

    private mutating func files(
        _ use: FileUse,
        _ operands: FileOperands,
        _ arguments: [CallArgument],
        at range: Range<Int>
    ) {
        let positional = arguments.filter { $0.keyword == nil }
        if use == .read || use == .write || use == .lock {
            // A number is a descriptor that is open already.
            if positional.first?.isNumber == true { return }
        }
        let chosen: ArraySlice<CallArgument> =
            switch operands {
            case .first: positional.prefix(1)
            case .second: positional.dropFirst().prefix(1)
            case .all: positional[...]
            case .rest: positional.dropFirst()
            case .behindTwo: positional.dropFirst(2)
            }
        let names = chosen.flatMap { argument in
            argument.arguments.map { word -> AbstractText in
                if case .one(let text) = word { text } else { .notComputed }
            }
        }
        for name in names.isEmpty ? [.notComputed] : names {
            builder.add(use.effect(name), at: range)
        }
    }

    private mutating func open(
        _ file: AbstractText,
        _ arguments: [CallArgument],
        at range: Range<Int>
    ) {
        // A number is a descriptor that is open already.
        if arguments.first?.isNumber == true { return }
        let second = arguments.dropFirst().first { $0.keyword == nil }
        guard let mode = arguments.first(where: { $0.keyword == "mode" }) ?? second else {
            return builder.add(.readFile(file), at: range)
        }
        guard let literal = mode.text.literal else {
            builder.add(.readFile(file), at: range)
            return builder.add(.writeFile(file), at: range)
        }
        let isRead =
            literal.utf8.first == UInt8(ascii: "r")
            && !literal.utf8.contains(UInt8(ascii: "+"))
        builder.add(isRead ? .readFile(file) : .writeFile(file), at: range)
    }

    /// The first element of a pair of host and port.
    private func host(_ argument: CallArgument) -> AbstractText? {
        if case .one(let text) = argument.list?.first { text } else { nil }
    }

    /// Notes the host of an address, or the file that it names.
    mutating func url(_ url: AbstractText, at range: Range<Int>) {
        let prefix = Array(url.knownPrefix.utf8)
        let parts = prefix.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count > 2, parts[1].isEmpty, parts[0].last == UInt8(ascii: ":") else {
            return builder.add(.connect(host: .notComputed), at: range)
        }
        if parts[0].elementsEqual("file:".utf8) {
            return builder.add(.readFile(.notComputed), at: range)
        }
        if url.literal != nil, parts[0].starts(with: "http".utf8) {
            let findings = HTTPRequest(method: "GET", url: url).findings
            for effect in findings.effects { builder.add(effect.kind, at: range) }
            if !findings.isComplete { builder.giveUp() }
            return
        }
        let isWhole = url.literal != nil || parts.count > 3
        let authority = parts[2].split(
            separator: UInt8(ascii: "@"),
            omittingEmptySubsequences: false
        )
        let name = authority.last?.split(separator: UInt8(ascii: ":")).first ?? []
        let host = isWhole ? AbstractText(ShellText(name)) : .notComputed
        builder.add(.connect(host: host), at: range)
    }
}

extension FileUse {
    func effect(_ name: AbstractText) -> CodeEffect.Kind {
        switch self {
        case .read: .readFile(name)
        case .write: .writeFile(name)
        case .lock: .lockFile(name)
        case .delete: .deleteFile(name, isRecursive: false)
        case .deleteTree: .deleteFile(name, isRecursive: true)
        case .permission: .changePermission(name)
        }
    }
}
