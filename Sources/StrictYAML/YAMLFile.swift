import Yams

/// Reads a YAML file into nodes and refuses what makes YAML mean something else than it says.
package enum YAMLFile {
    /// The root of the file, or nil where it cannot be read; the findings say why.
    ///
    /// An empty file is an empty mapping.
    package static func root(
        of bytes: [UInt8],
        file: String,
        findings: Findings
    ) -> YAMLNode? {
        guard let source = YAMLSource(bytes, file: file, findings: findings) else { return nil }
        if let anchor = source.lines(ofIndicator: UInt8(ascii: "&")).first,
            source.lines(ofIndicator: UInt8(ascii: "*")).count > YAMLLimits.aliases
        {
            findings.error(
                "anchors and aliases are not read here, write the values out",
                at: SourceLocation(file: file, line: anchor)
            )
            return nil
        }
        var parsing = YAMLParsing(source: source, findings: findings)
        return parsing.root()
    }
}

/// One file on its way from text to nodes.
private struct YAMLParsing {
    var source: YAMLSource
    let findings: Findings
    /// What stood where a placeholder stands now, by the placeholder.
    var replaced: [Unicode.Scalar: String] = [:]
    var reported: Set<SourceLocation> = []

    init(source: YAMLSource, findings: Findings) {
        self.source = source
        self.findings = findings
    }

    /// Yams gives up at the first mapping with a repeated key.
    ///
    /// So that this is not the only finding, the first of the equal keys gets a character of the
    /// private use area and the file is parsed again.
    mutating func root() -> YAMLNode? {
        while true {
            do {
                let parser = try Yams.Parser(
                    yaml: source.text,
                    resolver: .basic,
                    encoding: .utf8
                )
                guard let root = try parser.singleRoot() else {
                    let start = SourceLocation(file: source.file, line: 1, column: 1)
                    return YAMLNode(content: .mapping([]), location: start)
                }
                return convert(root, depth: 1)
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                guard markRepeatedKey(at: context.mark) else {
                    findings.error("duplicate key \(keys.quotedList)", at: location(context.mark))
                    return nil
                }
            } catch {
                report(error)
                return nil
            }
        }
    }

    private mutating func markRepeatedKey(at mark: Mark) -> Bool {
        guard replaced.count < YAMLLimits.repeatedKeys,
            let placeholder = Unicode.Scalar(0xE000 + UInt32(replaced.count)),
            var offset = source.offset(line: mark.line, column: mark.column),
            let first = source.byte(at: offset)
        else { return false }
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") { offset += 1 }
        guard let byte = source.byte(at: offset), !"\"'\\&*!|>[{?:\n".utf8.contains(byte) else {
            return false
        }
        replaced[placeholder] = source.replaceCharacter(at: offset, with: placeholder)
        return true
    }

    private mutating func convert(_ node: Node, depth: Int) -> YAMLNode? {
        guard let mark = node.mark else {
            preconditionFailure("a parsed node has a place in the text")
        }
        let location = location(mark)
        guard depth <= YAMLLimits.depth else {
            refuse("nesting exceeds the limit of \(YAMLLimits.depth) levels", at: location)
            return nil
        }
        // An alias stands for the node that its anchor is on, and has that one's mark.
        let offset = source.offset(line: mark.line, column: mark.column)
        switch source.byte(at: offset) {
        case UInt8(ascii: "&"):
            refuse("anchors and aliases are not read here, write the value out", at: location)
            return nil
        case UInt8(ascii: "!"):
            refuse("tags are not read here, leave it out", at: location)
            return nil
        default: break
        }
        switch node {
        case .scalar(let scalar):
            let content = YAMLNode.Content.scalar(scalar.string, isPlain: scalar.style == .plain)
            return YAMLNode(content: content, location: location)
        case .sequence(let sequence):
            var items: [YAMLNode] = []
            for item in sequence {
                if let item = convert(item, depth: depth + 1) { items.append(item) }
            }
            return YAMLNode(content: .sequence(items), location: location)
        case .mapping(let mapping):
            return YAMLNode(content: .mapping(entries(mapping, depth)), location: location)
        case .alias:
            refuse("anchors and aliases are not read here, write the value out", at: location)
            return nil
        }
    }

    private mutating func entries(_ mapping: Node.Mapping, _ depth: Int) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var lines: [String: Int] = [:]
        for (key, value) in mapping {
            let key = convert(key, depth: depth + 1)
            let value = convert(value, depth: depth + 1)
            guard let key else { continue }
            guard case .scalar(let written, let isPlain) = key.content else {
                refuse("a key must be a text, found \(key.kind)", at: key.location)
                continue
            }
            let name = restored(written)
            if isPlain && name == "<<" {
                refuse("merge keys are not read here, write the values out", at: key.location)
            } else if let line = lines[name] {
                refuse("duplicate key \(name.quoted), first at line \(line)", at: key.location)
            } else {
                lines[name] = key.location.line
                guard let value else { continue }
                let content = YAMLNode.Content.scalar(name, isPlain: isPlain)
                let restoredKey = YAMLNode(content: content, location: key.location)
                entries.append(YAMLNode.Entry(key: restoredKey, name: name, value: value))
            }
        }
        return entries
    }

    /// The key as it is written in the file.
    private func restored(_ written: String) -> String {
        guard let first = written.unicodeScalars.first, let original = replaced[first] else {
            return written
        }
        return original + String(written.unicodeScalars.dropFirst())
    }

    /// Reports once for each place, because an alias brings its anchor's place along.
    private mutating func refuse(_ message: String, at location: SourceLocation) {
        guard reported.insert(location).inserted else { return }
        findings.error(message, at: location)
    }

    private func location(_ mark: Mark) -> SourceLocation {
        SourceLocation(file: source.file, line: mark.line, column: mark.column)
    }

    private func report(_ error: any Error) {
        let whole = SourceLocation(file: source.file)
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _):
            let place = context.map { " \($0.text) of line \($0.mark.line)" } ?? ""
            findings.error("is not YAML: \(problem)\(place)", at: location(mark))
        case YamlError.composer(_, let problem, let mark, _):
            let isAlias = problem.contains("alias")
            findings.error(
                isAlias
                    ? "anchors and aliases are not read here, write the value out"
                    : "a second document begins here, one file holds one document",
                at: location(mark)
            )
        case YamlError.reader(let problem, _, _, _):
            findings.error("is not YAML: \(problem)", at: whole)
        default:
            findings.error("is not YAML", at: whole)
        }
    }
}
