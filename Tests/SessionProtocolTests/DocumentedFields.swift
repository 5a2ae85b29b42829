import SSHWire
import TestSupport
import Testing

/// The fields of messages as a document has them, and a reader that believes it.
struct DocumentedFields {
    private enum Failure: Error {
        case unknownType(String)
        case notPresence(UInt8)
    }

    struct Field {
        let name: String
        let type: String
        /// The name of its limit, of a list's count; empty where it has none.
        let limit: String

        /// The name of the limit of each item of a list.
        var itemLimit: String {
            let words = name.split(separator: " ")
            guard let each = words.lastIndex(of: "each"), each + 2 < words.count else { return "" }
            return String(words[each + 2].prefix { $0.isLetter })
        }
    }

    /// The fields of a message or a part, in their order.
    private(set) var fields: [String: [Field]] = [:]

    /// Takes the table under a heading, and the one of the parts that messages are made of.
    init(_ document: RepositoryFile, under heading: String) throws {
        for heading in [heading, "## Parts"] {
            for row in try document.table(under: heading, columns: 4) {
                let field = Field(name: row[1], type: row[2], limit: row[3])
                fields[row[0], default: []].append(field)
            }
        }
    }

    /// Reads an encoded message, its kind before it, by the document alone.
    func expect(_ bytes: [UInt8], of message: String) throws {
        var reader = WireReader(Array(bytes.dropFirst()))
        try read(message, from: &reader)
        #expect(reader.isAtEnd, "`\(message)` has more than the document says")
    }

    private func read(_ type: String, from reader: inout WireReader) throws {
        switch type {
        case "byte": _ = try reader.byte(type)
        case "boolean": _ = try reader.boolean(type)
        case "uint32": _ = try reader.uint32(type)
        case "uint64": _ = try reader.uint64(type)
        case "string": _ = try reader.string(type, limit: .max)
        case "text": _ = try reader.text(type, limit: .max)
        case "nothing": break
        default: try readComposed(type, from: &reader)
        }
    }

    private func readComposed(_ type: String, from reader: inout WireReader) throws {
        if let element = type.suffix(behind: "list of ") {
            for _ in 0..<(try reader.uint32(type)) { try read(element, from: &reader) }
        } else if let value = type.suffix(behind: "optional ") {
            switch try reader.byte(type) {
            case 0: break
            case 1: try read(value, from: &reader)
            case let other: throw Failure.notPresence(other)
            }
        } else if let choice = type.suffix(behind: "one ") {
            try read("\(choice) \(try reader.byte(type))", from: &reader)
        } else if let fields = fields[type] {
            for field in fields { try read(field.type, from: &reader) }
        } else {
            throw Failure.unknownType(type)
        }
    }
}

extension String {
    func suffix(behind prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
