import ShellSyntax

// Functions that do more than compute.

extension SQLReader {
    /// A function that is called in a statement.
    private struct Call {
        let name: String
        let arguments: Range<Int>
        /// Whether it is one of the product, and not of a schema of somebody's own.
        let isOfProduct: Bool
    }

    private func call(at index: Int, before limit: Int) -> Call? {
        guard tokens[index].isName, index + 1 < limit, isParenthesis(index + 1) else { return nil }
        let literal = content(at: index).literal?.description ?? ""
        let name = literal.utf8.allSatisfy { $0 < 0x80 } ? literal.lowercased() : ""
        let isQualified = index > 1 && tokens[index - 1].isSymbol(".")
        let schema = isQualified ? literalWord(index - 2) : ""
        return Call(
            name: name,
            arguments: index + 2..<max(index + 2, min(partners[index + 1], limit)),
            isOfProduct: !isQualified || SQLFunctions.schemas.contains(schema)
        )
    }

    /// What functions of the product do beside computing a value.
    mutating func addFunctionEffects(_ range: Range<Int>) {
        work.spend(range.count)
        for index in range {
            guard let call = call(at: index, before: range.upperBound) else { continue }
            switch SQLFunctions.effects[call.name] {
            case nil: continue
            case .shell: add(.shell(argument(0, of: call)), at: index)
            case .readFile: add(.readFile(argument(0, of: call)), at: index)
            case .writeFile: add(.writeFile(argument(0, of: call)), at: index)
            case .writeSecondFile: add(.writeFile(argument(1, of: call)), at: index)
            case .deleteFile: add(.deleteFile(argument(0, of: call), isRecursive: false), at: index)
            case .connect:
                add(.connect(host: .notComputed), at: index)
                addUnreadable(at: index)
            case .loadCode:
                add(.readFile(argument(0, of: call)), at: index)
                add(.action(.codeRun, []), at: index)
            case .administer: add(.databaseAdminister, call.name, at: index)
            case .write:
                add(.databaseWrite, call.name, bounded: true, at: index)
            case .statement: readNested(argument(0, of: call), at: index)
            case .secondStatement: readNested(argument(1, of: call), at: index)
            case .setting:
                let first = argument(0, of: call).literal?.description.lowercased()
                if first == nil || first == "standard_conforming_strings" {
                    lexer.isUncertain = true
                }
            }
        }
    }

    private func argument(_ number: Int, of call: Call) -> AbstractText {
        var index = call.arguments.lowerBound
        var left = number
        while left > 0, index < call.arguments.upperBound {
            if tokens[index].isSymbol(",") { left -= 1 }
            index = isParenthesis(index) ? partners[index] + 1 : index + 1
        }
        guard index < call.arguments.upperBound, tokens[index].kind != .number else {
            return .notComputed
        }
        return textValue(at: index, before: call.arguments.upperBound)
    }

    /// Functions that nobody but the database knows; they may write.
    mutating func addUnknownFunctions(_ range: Range<Int>) {
        work.spend(range.count)
        for index in range {
            guard let call = call(at: index, before: range.upperBound) else { continue }
            let isKnown =
                call.isOfProduct
                && (SQLFunctions.effects[call.name] != nil || SQLFunctions.isPure(call.name))
            if isKnown || isList(index, range) { continue }
            if call.isOfProduct, !toldFunctions.insert(call.name).inserted { continue }
            let name = qualifiedName(at: startOfName(index), before: index + 1)
            add(.databaseWrite, "call", object: name.map { [$0.text] } ?? [], at: index, .possible)
            collector.leaveOpen()
        }
    }

    private func startOfName(_ index: Int) -> Int {
        var start = index
        while start > 1, tokens[start - 1].isSymbol("."), tokens[start - 2].isName { start -= 2 }
        return start
    }

    /// Whether a name with a parenthesis is no call: columns behind the name of a table, an alias
    /// or a common table, a type with its length.
    private func isList(_ index: Int, _ range: Range<Int>) -> Bool {
        let start = startOfName(index)
        if start > 0 {
            let before = tokens[start - 1]
            if before.isWord(in: SQLFunctions.beforeList) || before.isSymbol("::") { return true }
            // `f(x) t(a, b)`, `(SELECT …) t(a, b)`
            if before.isSymbol(")"), tokens[index].kind == .word { return true }
        }
        let end = partners[index + 1]
        return isWord("as", at: end + 1)
            && (isParenthesis(end + 2)
                || ["materialized", "not"].contains(word(end + 2)))
    }
}
