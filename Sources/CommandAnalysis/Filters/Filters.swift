import ShellSyntax

/// Programs whose output follows from their arguments and their input, where both are known.
///
/// Only with the plain arguments that are written here; with any other, nothing is known.
struct Filter {
    let arguments: [Argument]
    let input: AbstractText
    /// What is in a file that the line wrote.
    let content: (AbstractText) -> Stream
    /// The directory in which it runs, as text.
    let directory: AbstractText
    /// Of the shell whose `echo` it may be.
    let dialect: Dialect

    /// What a program makes of its input or its arguments.
    private enum Kind: CaseIterable {
        case echo, format, lines, decoding, openssl, directory, pathPart, count, firstWord,
            sequence, copy
        case nothing

        var programs: [ShellText] {
            switch self {
            case .echo: ["echo"]
            case .format: ["printf"]
            case .lines:
                [
                    "cat", "tac", "rev", "head", "tail", "tr", "cut", "sort", "uniq", "sed", "nl",
                    "fold",
                ]
            case .decoding: ["base64", "base32", "basenc", "xxd", "od"]
            case .openssl: ["openssl"]
            case .directory: ["pwd"]
            case .pathPart: ["basename", "dirname"]
            case .count:
                [
                    "wc", "cksum", "du", "md5sum", "sha1sum", "sha224sum", "sha256sum", "sha384sum",
                    "sha512sum",
                ]
            case .firstWord: ["awk", "gawk", "mawk"]
            case .sequence: ["seq"]
            case .copy: ["tee"]
            case .nothing: ["true", ":", "false"]
            }
        }
    }

    private static let kinds = NameTable(
        Kind.allCases.flatMap { kind in kind.programs.map { (key: $0, value: kind) } }
    )

    /// Whether a program is one of these.
    static func knows(_ program: ShellText) -> Bool { kinds[program] != nil }

    /// What a program prints; nil where it is none of these, or not all is known.
    func output(of program: ShellText) -> AbstractText? {
        switch Self.kinds[program] {
        case .echo: echo
        case .format: Printf.format(arguments, dialect)
        case .lines: lines(program)
        case .decoding: decoded(program)
        case .openssl: decodedByOpenSSL
        case .directory: arguments.isEmpty ? directory + "\n" : nil
        case .pathPart: pathPart(program)
        case .count: counted(program)
        case .firstWord: firstWord
        case .sequence: sequence
        case .copy: arguments.allSatisfy { $0.isNoOption || $0.literal == "-a" } ? input : nil
        case .nothing: .empty
        case nil: nil
        }
    }

    private var echo: AbstractText? {
        var words = arguments[...]
        var endsLine = true
        // dash decodes without being told to.
        var decodes = dialect == .posix
        while let option = words.first?.literal, option.utf8.count > 1,
            option.utf8.first == UInt8(ascii: "-"),
            option.utf8.dropFirst().allSatisfy({ "neE".utf8.contains($0) })
        {
            // To dash that is no option, to bash that is started as `sh` it is.
            if dialect == .posix, option != "-n" { return nil }
            for letter in option.utf8.dropFirst() {
                switch letter {
                case UInt8(ascii: "n"): endsLine = false
                case UInt8(ascii: "e"): decodes = true
                default: decodes = dialect == .posix
                }
            }
            words.removeFirst()
        }
        guard let texts = Array(words).texts else { return nil }
        var output = texts.joined(by: " ")
        if decodes {
            // `\c` ends the output.
            guard let literal = output.literal,
                let text = Escapes.decode(literal, in: .argument, dialect)
            else { return nil }
            output = AbstractText(text)
        }
        return endsLine ? output + "\n" : output
    }

    /// The input, or the files that are named.
    func source(_ files: ArraySlice<Argument>) -> AbstractText? {
        if files.isEmpty { return input }
        if files.count == 1, case .one(let name)? = files.first, !name.hasWildcard,
            case .unknown(let unknown) = content(name), unknown.shape == .digits
        {
            return AbstractText(unknown)
        }
        var text = AbstractText.empty
        for file in files {
            guard case .one(let name) = file, !name.hasWildcard else { return nil }
            if name.literal == "-" || name.isStandardInput {
                text.append(input)
                continue
            }
            if name.literal == "/dev/null" { continue }
            guard case .text(let known) = content(name) else { return nil }
            text.append(known)
        }
        return text
    }

    private func pathPart(_ program: ShellText) -> AbstractText? {
        guard arguments.count == 1, arguments[0].isNoOption, case .one(let text) = arguments[0]
        else { return nil }
        guard let path = text.literal else { return pathPart(program, of: text) }
        if path.isEmpty { return nil }
        var bytes = Array(path.utf8)
        while bytes.count > 1, bytes.last == 0x2F { bytes.removeLast() }
        let slash = bytes.lastIndex(of: 0x2F)
        if program == "basename" {
            let name = slash.map { $0 == 0 && bytes.count == 1 ? bytes : Array(bytes[($0 + 1)...]) }
            return AbstractText(ShellText(name ?? bytes)) + "\n"
        }
        guard let slash else { return ".\n" }
        var directory = bytes[..<slash]
        while directory.last == 0x2F { directory.removeLast() }
        return AbstractText(ShellText(directory.isEmpty ? [0x2F] : Array(directory))) + "\n"
    }

    /// The same of a path that is not known: it comes from where the path does.
    private func pathPart(_ program: ShellText, of text: AbstractText) -> AbstractText? {
        guard text.pieces.count == 1 else { return nil }
        switch text.pieces[0] {
        case .unknown(let unknown) where unknown.shape == .text: return text + "\n"
        // The home is called as its account is.
        case .directory where program == "basename":
            return AbstractText(UnknownText(.name, from: .output)) + "\n"
        case .unknown(let unknown) where unknown.shape.isPlainWord && unknown.shape != .integer:
            return program == "basename" ? text + "\n" : ".\n"
        case .unknown, .directory, .text, .wildcard: return nil
        }
    }

    private var sequence: AbstractText? {
        var operands = arguments[...]
        var isPadded = false
        while let option = operands.first?.literal, option == "-w" || option == "--equal-width" {
            isPadded = true
            operands.removeFirst()
        }
        guard operands.allSatisfy(\.text.isDecimal) else { return nil }
        let numbers = operands.compactMap(\.text.number)
        guard numbers.count == operands.count, (1...3).contains(numbers.count) else { return nil }
        let first = numbers.count > 1 ? numbers[0] : 1
        let last = numbers[numbers.count - 1]
        let step = numbers.count > 2 ? numbers[1] : 1
        guard step > 0 else { return nil }
        if first > last { return .empty }
        let isMany = last.subtractingReportingOverflow(first)
        guard !isMany.overflow, isMany.partialValue / step < AnalysisLimits.fields else {
            // Numbers with as many digits as these are written in full.
            return first < 0 || last > 1_000_000_000_000
                ? nil : AbstractText(UnknownText(.digits, from: .names))
        }
        if isPadded, first < 0 { return nil }
        let width = isPadded ? max("\(first)".utf8.count, "\(last)".utf8.count) : 0
        let lines = stride(from: first, through: last, by: step).map { number in
            let digits = "\(number)"
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits + "\n"
        }
        return AbstractText(ShellText(lines.joined()))
    }
}

extension Argument {
    /// The number behind the letter of an option such as `-n5`, or the option alone.
    func number(behind letter: UInt8) -> Int? {
        guard let literal, literal.utf8.first == UInt8(ascii: "-"),
            literal.utf8.dropFirst().first == letter
        else { return nil }
        return Int(String(decoding: literal.utf8.dropFirst(2), as: UTF8.self))
    }
}
