import ShellSyntax

// Descriptors have names, and whoever opens one for writing writes the file that it was opened on,
// though that was opened for reading alone.

/// The files that the line opens, by the numbers of their descriptors.
///
/// Nothing is ever taken out of it: what a number may be anywhere on the line, it may be everywhere.
struct DescriptorTable {
    private var files: [Int: [AbstractPath]] = [:]
    /// Under numbers that the shell chooses.
    private var unnumbered: [AbstractPath] = []
    /// Those that lead to another host.
    private var connections: Set<Int> = []
    /// Whether one of these has a number that the shell chose.
    private(set) var hasUnnumberedConnection = false
    /// Those that became others, through which something may be written.
    private var duplicated: Set<Int> = []
    private var isAnyDuplicated = false

    mutating func open(_ paths: [AbstractPath], as number: Int?) {
        guard let number else {
            unnumbered += paths.filter { !unnumbered.contains($0) }
            return
        }
        var known = files[number] ?? []
        known += paths.filter { !known.contains($0) }
        files[number] = known
    }

    mutating func duplicate(_ original: Int, as number: Int?) {
        open(files[original] ?? [], as: number)
    }

    /// Notes a connection to another host.
    ///
    /// - Returns: Whether something may be written to it.
    mutating func connect(as number: Int?) -> Bool {
        if number == nil { hasUnnumberedConnection = true }
        guard let number, number > 2 else { return true }
        connections.insert(number)
        return isAnyDuplicated || duplicated.contains(number)
    }

    /// Whether it leads to another host.
    func isConnection(_ number: Int) -> Bool { connections.contains(number) }

    /// Notes that a descriptor becomes another one; nil for one that nobody knows.
    ///
    /// - Returns: Whether something may be written to a connection by that.
    mutating func write(through original: Int?) -> Bool {
        guard let original else {
            isAnyDuplicated = true
            return !connections.isEmpty
        }
        duplicated.insert(original)
        return connections.contains(original)
    }

    /// The files that a descriptor may be; nil for one that the line does not open.
    subscript(_ number: Int) -> [AbstractPath]? {
        guard let known = files[number] else {
            if unnumbered.isEmpty { return number < 3 ? [] : nil }
            return unnumbered
        }
        return known + unnumbered
    }
}

extension Interpreter {
    /// Notes which files a redirection opens.
    ///
    /// - Returns: Whether something may be written to another host by it, unless that is said anyway.
    mutating func noteDescriptor(
        _ redirection: Redirection,
        _ texts: [AbstractText],
        _ files: [AbstractPath]
    ) -> Bool {
        var isSent = false
        let given: Int?
        switch redirection.descriptor {
        case .number(let number): given = Int(number)
        case .variable: given = nil
        case nil: given = redirection.operator.usualDescriptor
        }
        switch redirection.operator {
        case .input, .inputOutput, .output, .append, .clobber:
            if texts.contains(where: { $0.networkDevice != nil }) {
                let usual = redirection.operator.usualDescriptor
                isSent = descriptors.connect(as: given) && given != usual
            }
            descriptors.open(files, as: given)
        case .outputAndError, .appendOutputAndError:
            for number in 1...2 { descriptors.open(files, as: number) }
        case .duplicateInput, .duplicateOutput:
            guard texts.count == 1, texts[0].literal == "-" || texts[0].descriptor != nil else {
                for number in [given, 2] { descriptors.open(files, as: number) }
                return descriptors.write(through: nil)
            }
            if let original = texts[0].descriptor {
                descriptors.duplicate(original, as: given)
                // Nobody writes to what is standard input.
                if given != 0 || redirection.operator == .duplicateOutput {
                    isSent = descriptors.write(through: original)
                }
            }
        case .hereString, .hereDocument, .hereDocumentStrippingTabs: break
        }
        return isSent
    }

    /// The files that are opened, where one of these texts is the name of one.
    func opened(_ texts: [AbstractText], _ state: ShellState) -> [AbstractPath] {
        texts.flatMap { paths(of: $0, state) }.filter { !isNothing($0) }
    }

    /// The files that are meant where one of these paths is the name of a descriptor.
    func behindDescriptors(_ paths: [AbstractPath], _ access: FileAccess) -> [AbstractPath] {
        if access.reads && access != .edit || access == .look || access.deletes { return paths }
        return paths.flatMap { path -> [AbstractPath] in
            switch path.descriptor {
            case .none: return [path]
            case .some(.none): return [.unknown]
            case .some(.some(let number)):
                return descriptors[number] ?? (isSubstitution(number) ? [] : [.unknown])
            }
        }
    }
}

extension RedirectionOperator {
    fileprivate var usualDescriptor: Int {
        switch self {
        case .input, .inputOutput, .duplicateInput, .hereString, .hereDocument,
            .hereDocumentStrippingTabs:
            0
        case .output, .append, .clobber, .duplicateOutput, .outputAndError, .appendOutputAndError: 1
        }
    }
}

extension AbstractText {
    /// The number of `N` and `N-`.
    fileprivate var descriptor: Int? {
        guard let literal else { return nil }
        let moves = literal.utf8.last == UInt8(ascii: "-")
        let digits = moves ? literal.utf8.dropLast() : literal.utf8[...]
        return Int(Substring(digits))
    }
}

extension AbstractPath {
    /// The number where the path is the name of a descriptor, and no number where nobody knows which;
    /// nil for any other path.
    var descriptor: Int?? {
        guard root == .root, components.count >= 2, components[0].literal == "dev" else {
            return nil
        }
        switch (components[1].literal, components.count) {
        case ("stdin", 2): return 0
        case ("stdout", 2): return 1
        case ("stderr", 2): return 2
        case ("fd", 3):
            let number = components[2].literal.flatMap { Int($0.description) }
            return .some(number)
        default: return nil
        }
    }
}
