import SSHWire
import StrictYAML

/// The names and keys of an inventory, as fields of its files.
extension YAMLField {
    func principalName() -> Located<PrincipalName>? {
        text(PrincipalName.expected, PrincipalName.init).map { Located($0, at: location) }
    }

    func role() -> Located<Role>? {
        text(Role.expected, Role.init).map { Located($0, at: location) }
    }

    func targetName() -> Located<TargetName>? {
        named("a target", "[a-z0-9][a-z0-9._-]*", TargetName.maximumBytes, TargetName.init)
    }

    func login() -> Located<Login>? {
        named("a login", "[A-Za-z0-9_][A-Za-z0-9._-]*", Login.maximumBytes, Login.init)
    }

    /// A name that addresses are made of: says why it may hold no separator.
    private func named<Name: Hashable & Sendable>(
        _ what: String,
        _ grammar: String,
        _ maximumBytes: Int,
        _ read: (String) -> Name?
    ) -> Located<Name>? {
        guard let text = text() else { return nil }
        if let name = read(text) { return Located(name, at: location) }
        if AddressSeparator.isContained(in: text) {
            refuse(
                "\(text.quoted) is ambiguous: `@`, `+` and `%` separate login and target in "
                    + "`login@target`"
            )
        } else {
            refuse(
                "expected \(what) (`\(grammar)`, at most \(maximumBytes) bytes), found "
                    + text.quoted
            )
        }
        return nil
    }

    /// A plain name, for what only operators see.
    func plainName(_ what: String, maximumBytes: Int = 64) -> Located<String>? {
        let expected = "\(what) (`[a-z0-9][a-z0-9._-]*`, at most \(maximumBytes) bytes)"
        let name = text(expected) { (text: String) -> String? in
            NameGrammar.isName(text, maximumBytes: maximumBytes) ? text : nil
        }
        return name.map { Located($0, at: location) }
    }

    /// A public key as a `.pub` file holds it.
    func publicKey(mayNeedTouch: Bool) -> Located<PublicKeyLine>? {
        guard let text = text() else { return nil }
        do throws(WireError) {
            let line = try PublicKeyLine(parsing: text)
            if let refusal = KeyType.refusal(of: line, mayNeedTouch: mayNeedTouch) {
                refuse("\(line.algorithm.quoted): \(refusal)")
                return nil
            }
            return Located(line, at: location)
        } catch {
            refuse("expected a line of a `.pub` file: \(error)")
            return nil
        }
    }

    /// A list of which each value may appear once.
    func uniqueItems<Value: Hashable & Sendable>(
        maximumCount: Int,
        _ read: (YAMLField) -> Located<Value>?
    ) -> [Located<Value>] {
        guard let items = items() else { return [] }
        guard items.count <= maximumCount else {
            refuse("exceeds the limit of \(maximumCount) items")
            return []
        }
        var lines: [Value: Int] = [:]
        var unique: [Located<Value>] = []
        for item in items {
            guard let value = read(item) else { continue }
            if let line = lines[value.value] {
                item.refuse("is listed twice, first at line \(line)")
                continue
            }
            lines[value.value] = item.location.line
            unique.append(value)
        }
        return unique
    }
}
