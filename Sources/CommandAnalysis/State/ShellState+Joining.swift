internal import ShellSyntax

// Two ways to the same place: what holds behind a branch, a loop, a command that may not have run.

extension ShellState {
    // LIMIT: values of one variable that are told apart, with more of them it is unknown; functions
    // of one name, with more of them nobody can tell what runs.
    public static let alternatives = 16
    // LIMIT: directories in which the shell may be; with more of them it may be anywhere.
    public static let directoryAlternatives = 8

    /// Makes this what holds where either of two states may hold.
    public mutating func join(_ other: ShellState) {
        if areVariablesKnown && !other.areVariablesKnown { areVariablesKnown = false }
        joinVariables(other)
        if !definitions.isSame(as: other.definitions) { joinDefinitions(other) }
        if positional != other.positional {
            positional = .unknown(.notComputed)
        }
        if options != other.options || !other.areSettingsCertain { areSettingsCertain = false }
        flags.noGlob = flags.noGlob && other.flags.noGlob
        flags.exitsOnError = flags.exitsOnError && other.flags.exitsOnError
        flags.keepsFiles = flags.keepsFiles || other.flags.keepsFiles
        flags.takesKeywords = flags.takesKeywords || other.flags.takesKeywords
        flags.isRestricted = flags.isRestricted || other.flags.isRestricted
        flags.exportsAll = flags.exportsAll || other.flags.exportsAll
        flags.lastPipe = flags.lastPipe || other.flags.lastPipe
        flags.ignoresCase = flags.ignoresCase || other.flags.ignoresCase
        flags.inheritsLocals = flags.inheritsLocals || other.flags.inheritsLocals
        let isUnset = isDirectoryUnset && other.isDirectoryUnset
        directories = Self.union(directories, other.directories)
        isDirectoryUnset = isUnset
        directoriesOnFailure = Self.union(directoriesOnFailure, other.directoriesOnFailure)
        files.join(other.files)
        if input != other.input { input = .unknown(UnknownText(.text, from: .file)) }
        isOutputKnown = isOutputKnown && other.isOutputKnown
        flags.inheritsTraps = flags.inheritsTraps || other.flags.inheritsTraps
        isLastJobForeign = isLastJobForeign || other.isLastJobForeign
        if lastArgument != other.lastArgument { lastArgument = nil }
        areProgramsKnown = areProgramsKnown && other.areProgramsKnown
        progress.formUnion(other.progress)
    }

    private mutating func joinDefinitions(_ other: ShellState) {
        joinScopes(other)
        watchedVariables.formUnion(other.watchedVariables)
        joinFunctions(other)
        readOnly.formUnion(other.readOnly)
        exportedFunctions.formUnion(other.exportedFunctions)
        if aliases != other.aliases { areSettingsCertain = false }
        if previousDirectory != other.previousDirectory { previousDirectory = nil }
        if stack != other.stack { stack = [] }
        traps += other.traps.filter { !traps.contains($0) }
        for (name, path) in other.hashedPrograms where hashedPrograms[name] != path {
            hashedPrograms[name] = AbstractText.notComputed
        }
        addDepartures(of: other)
    }

    private mutating func joinFunctions(_ other: ShellState) {
        if functions.isEmpty && other.functions.isEmpty { return }
        for name in Set(functions.keys).union(other.functions.keys)
        where functions[name] != other.functions[name] {
            var choices = functions[name] ?? [nil]
            for choice in other.functions[name] ?? [nil]
            where choices.count <= Self.alternatives && !choices.contains(choice) {
                choices.append(choice)
            }
            functions[name] = choices
        }
    }

    private mutating func joinVariables(_ other: ShellState) {
        // Of two branches mostly, which leave the names of before, in their order.
        if variables.keys.elementsEqual(other.variables.keys) {
            for (own, theirs) in zip(variables, other.variables) where own.value != theirs.value {
                variables[own.key] = Self.joined(own.value, theirs.value, own.key)
            }
            return
        }
        for (name, theirs) in other.variables {
            guard let index = variables.index(forKey: name) else {
                variables[name] = Self.joined(nil, theirs, name)
                continue
            }
            let own = variables.values[index]
            if own != theirs { variables.values[index] = Self.joined(own, theirs, name) }
        }
        // All of theirs are among them now.
        if variables.count == other.variables.count { return }
        for (name, variable) in variables where other.variables[name] == nil {
            variables[name] = Self.joined(variable, nil, name)
        }
    }

    static func joined(
        _ left: Variable?,
        _ right: Variable?,
        _ name: ShellText
    ) -> Variable {
        let unknown = UnknownText(.text, from: .variable(name))
        guard var joined = left, let right else {
            var only = left ?? right ?? Variable(.unknown(unknown))
            only.isPerhapsInteger = only.isInteger
            only.value = .unknown(only.isFromElsewhere ? .fromElsewhere : unknown)
            return only
        }
        if joined.isFromElsewhere || right.isFromElsewhere {
            joined.value = .unknown(.fromElsewhere)
            return joined
        }
        joined.isExported = joined.isExported || right.isExported
        if joined.isInteger != right.isInteger || right.isPerhapsInteger {
            joined.isInteger = true
            joined.isPerhapsInteger = true
        }
        joined.isPerhapsReference = joined.isPerhapsReference || right.isPerhapsReference
        joined.isPerhapsCaseChange = joined.isPerhapsCaseChange || right.isPerhapsCaseChange
        if left?.isExported != right.isExported || right.isPerhapsExported {
            joined.isPerhapsExported = true
        }
        if joined.lastElement != right.lastElement { joined.value = .unknown(unknown) }
        if joined.reference != right.reference { joined.value = .unknown(unknown) }
        if case .scalar(let first) = joined.value, case .scalar(let second) = right.value {
            joined.value = .scalar(first + second.filter { !first.contains($0) })
        } else if joined.value != right.value {
            let shape = joined.commonShape(name).shape.joined(right.commonShape(name).shape)
            joined.value = .unknown(UnknownText(shape, from: .variable(name)))
        }
        joined.widen(name)
        return joined
    }

    private static func union(_ left: [AbstractPath], _ right: [AbstractPath]) -> [AbstractPath] {
        let union = left + right.filter { !left.contains($0) }
        return union.count <= directoryAlternatives ? union : [.unknown]
    }

    /// Adds the directories in which the shell is if the last `cd` failed.
    public mutating func acceptFailedChange() {
        guard !directoriesOnFailure.isEmpty else { return }
        let isUnset = isDirectoryUnset
        directories = Self.union(directories, directoriesOnFailure)
        // Where it was before is known, or is such a directory too.
        isDirectoryUnset = isUnset && !directoriesOnFailure.contains(.unknown)
        directoriesOnFailure = []
    }

    /// Gives up what differs from an earlier state: a loop may run any number of times.
    public mutating func widen(from earlier: ShellState) {
        for (name, variable) in variables where earlier.variables[name] != variable {
            variables[name]?.value = .unknown(variable.commonShape(name))
        }
        widenScopes(from: earlier)
        if directories != earlier.directories { directories = [.unknown] }
        if directoriesOnFailure != earlier.directoriesOnFailure {
            directoriesOnFailure = [.unknown]
        }
    }
}

extension Variable {
    /// Whether it may hold what another host says.
    fileprivate var isFromElsewhere: Bool {
        if case .unknown(let unknown) = value { unknown.origin == .connection } else { false }
    }

    /// Gives up telling values apart where there are too many.
    fileprivate mutating func widen(_ name: ShellText) {
        guard case .scalar(let values) = value, values.count > ShellState.alternatives else {
            return
        }
        value = .scalar([AbstractText(commonShape(name))])
    }

    /// What all values have in common.
    func commonShape(_ name: ShellText) -> UnknownText {
        switch value {
        case .scalar(let values) where !values.isEmpty:
            UnknownText(AbstractText.commonShape(of: values), from: .variable(name))
        case .unknown(let unknown): UnknownText(unknown.shape, from: .variable(name))
        case .scalar, .unset, .indexed, .associative: UnknownText(.text, from: .variable(name))
        }
    }
}
