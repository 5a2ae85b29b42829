import CommandAnalysis
import ShellSyntax
import StrictYAML

/// The text of one option: `-o --output WRITE = out`.
///
/// One text is several options where its value begins in one of several ways.
struct OptionText {
    let field: YAMLField
    private var spellings: [ShellText] = []
    /// The sign of an option whose name is its value: `-SIGNAL`.
    private var signType: ValueType?
    private var hasNegation = false

    init(_ field: YAMLField) { self.field = field }

    /// Nil where a finding was added.
    mutating func read() -> [KnownOption]? {
        let expected = "an option like `-o --output WRITE = tag`"
        guard let words = field.words(expected, limit: KnowledgeLimits.spellings) else {
            return nil
        }
        let parts = words.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let signs: [UInt8] = [UInt8(ascii: "-"), UInt8(ascii: "+")]
        let isSpelling = { (word: Substring) in word.utf8.first.map(signs.contains) == true }
        let names = parts[0].prefix(while: isSpelling)
        guard !names.isEmpty else {
            field.refuse("expected \(expected), found \(String(words[0]).quoted)")
            return nil
        }
        for name in names {
            guard add(spelling: name) else { return nil }
        }
        guard let tags = tags(parts) else { return nil }
        if hasNegation, !tags.isEmpty {
            field.refuse("a tag cannot be given to an option and its opposite, list them apart")
            return nil
        }
        return options(Array(parts[0].dropFirst(names.count)), tags)
    }

    private mutating func add(spelling word: Substring) -> Bool {
        if let type = ValueType(word.dropFirst()), word.utf8.count > 2 {
            guard signType == nil || signType == type else {
                field.refuse("expected one type, found \(String(word).quoted)")
                return false
            }
            signType = type
            spellings.append(ShellText(String(word.prefix(1))))
            return true
        }
        let negation = "--[no-]"
        if word.hasPrefix(negation) {
            let name = word.dropFirst(negation.count)
            guard isName(name), !name.isEmpty else { return refuse(word) }
            hasNegation = true
            spellings += [ShellText("--" + name), ShellText("--no-" + name)]
            return true
        }
        let dashes = word.hasPrefix("--") ? 2 : 1
        guard word.utf8.count > dashes, isName(word.dropFirst(dashes)) else { return refuse(word) }
        spellings.append(ShellText(String(word)))
        return true
    }

    private func isName(_ name: Substring) -> Bool {
        name.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"='".utf8.contains($0) }
            && (name.utf8.count == 1 || !name.utf8.contains { "[]".utf8.contains($0) })
    }

    private func refuse(_ word: Substring) -> Bool {
        field.refuse("expected a spelling like `-o` or `--output`, found \(String(word).quoted)")
        return false
    }

    private func tags(_ parts: [ArraySlice<Substring>]) -> [Tag]? {
        guard parts.count == 2 else { return [] }
        guard !parts[1].isEmpty else {
            field.refuse("expected a tag behind `=`, found nothing")
            return nil
        }
        var tags: [Tag] = []
        for word in parts[1] {
            guard let name = KnowledgeGrammar.word(String(word)) else {
                field.refuse("expected a tag (`[a-z][a-z0-9-]*`), found \(String(word).quoted)")
                return nil
            }
            tags.append(Tag(name))
        }
        return tags
    }

    private func options(_ words: [Substring], _ tags: [Tag]) -> [KnownOption]? {
        if let signType {
            guard words.isEmpty else {
                field.refuse("expected no value beside `-\(signType.rawValue)`, the name is one")
                return nil
            }
            return [option(.required(signType), nil, tags)]
        }
        guard let first = words.first else { return [option(.none, nil, tags)] }
        if words.count == 1, first.hasSuffix("...") {
            return field.type(first.dropLast(3)).map { [option(.rest($0), nil, tags)] }
        }
        let isOptional = first.hasPrefix("[") && words.last?.hasSuffix("]") == true
        var inner = words
        if isOptional {
            inner[0] = inner[0].dropFirst()
            inner[inner.count - 1] = inner[inner.count - 1].dropLast()
        }
        let values = inner.compactMap(value)
        guard values.count == words.count else { return nil }
        let types = values.map(\.type)
        let plainCount = values.count { $0.match == nil }
        if plainCount == values.count, values.count > 1 {
            guard !isOptional else {
                field.refuse("expected one value in brackets, found \(values.count)")
                return nil
            }
            return [option(.several(types), nil, tags)]
        }
        guard plainCount == 0 || values.count == 1 else {
            field.refuse("expected either types or texts that a value begins with, found both")
            return nil
        }
        return values.map {
            option(isOptional ? .optional($0.type) : .required($0.type), $0.match, tags)
        }
    }

    private func option(
        _ value: KnownOption.Value,
        _ match: KnownOption.Match?,
        _ tags: [Tag]
    ) -> KnownOption {
        KnownOption(spellings: spellings, value: value, match: match, tags: tags)
    }

    private typealias Value = (type: ValueType, match: KnownOption.Match?)

    /// `READ`, `ProxyCommand=SHELL`, `|SHELL`, `none`, `'READ'`.
    private func value(_ word: Substring) -> Value? {
        if let type = ValueType(word) { return (type, nil) }
        if let text = KnowledgeGrammar.unquoted(word) { return whole(text, word) }
        if ValueType.looksLikeType(word) {
            return field.type(word).map { ($0, nil) }
        }
        let name = word.utf8.reversed().prefix(while: KnowledgeGrammar.isUpper)
        let beginning = word.dropLast(name.count)
        if name.count > 1, let last = beginning.utf8.last, "=:,/|[".utf8.contains(last) {
            guard let type = field.type(word.dropFirst(beginning.count)) else { return nil }
            return (type, .prefix(ShellText(String(beginning))))
        }
        return whole(word, word)
    }

    private func whole(_ text: Substring, _ word: Substring) -> Value? {
        guard !text.isEmpty, text.utf8.allSatisfy({ !"[]'*".utf8.contains($0) }) else {
            field.refuse("expected a type like `READ` or a text, found \(String(word).quoted)")
            return nil
        }
        return (.text, .whole(ShellText(String(text))))
    }
}
