// How shfmt writes nodes: what is false, 0 or empty is left out.

extension JSONNode {
    func node(_ key: String) -> JSONNode? {
        (self[key] as? [String: Any]).map { JSONNode($0) }
    }

    func nodes(_ key: String) -> [JSONNode] {
        (self[key] as? [[String: Any]] ?? []).map { JSONNode($0) }
    }

    /// The Go type, where its place does not tell it.
    var goType: String? { self["Type"] as? String }

    func flag(_ key: String) -> Bool { self[key] as? Bool ?? false }

    func number(_ key: String) -> Int? { self[key] as? Int }

    var offset: Int? { number("Offset") }

    /// Nil where a text has no place.
    var place: Range<Int>? {
        guard let start = node("Pos")?.offset, let end = node("End")?.offset, start <= end else {
            return nil
        }
        return start..<end
    }
}
