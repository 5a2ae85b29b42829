import SSHWire
import TestSupport
import Testing

/// The fields of messages as a document has them, and a reader that believes it.
struct DocumentedFields {
    private enum Failure: Error {
        case unknownType(String)
        case notPresence(UInt8)
    }

    /// The types of a message's or a part's fields, in their order.
    private var types: [String: [String]] = [:]

    /// Takes the table under a heading, and the one of the parts that messages are made of.
    init(_ document: RepositoryFile, under heading: String) throws {
        for heading in [heading, "## Parts"] {
            for row in try document.table(under: heading, columns: 4) {
                types[row[0], default: []].append(row[2])
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
        } else if let fields = types[type] {
            for field in fields { try read(field, from: &reader) }
        } else {
            throw Failure.unknownType(type)
        }
    }
}

extension String {
    fileprivate func suffix(behind prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
