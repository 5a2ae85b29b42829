internal import Recording
internal import ShellSyntax

/// A line of a batch: a JSON object with an `id` and a `command`.
struct BatchRequest {
    /// LIMIT: a command as long as the parser takes, each byte of it escaped by a second one.
    static let maximumLineBytes = 2 * ParserLimits().inputBytes + 1024

    let id: BatchID
    let command: [UInt8]
    /// The whole object.
    let object: JSONValue

    /// Why a line is no request.
    enum Flaw: Error, CustomStringConvertible {
        case tooLong
        case notUTF8
        case noJSON(JSONError)
        case halfSurrogatePair
        case noID
        case noCommand(id: BatchID)

        var description: String {
            switch self {
            case .tooLong: "is longer than \(maximumLineBytes) bytes"
            case .notUTF8: "is not UTF-8"
            case .noJSON(let error): error.description
            case .halfSurrogatePair: "has half of a surrogate pair, which is no character"
            case .noID: "has no `id` that is a string or a number"
            case .noCommand: "has no `command` that is a string"
            }
        }

        /// Of the request, as far as that was read.
        var id: BatchID? { if case .noCommand(let id) = self { id } else { nil } }
    }

    init(_ line: BoundedLines.Line) throws(Flaw) {
        object = try Self.object(line)
        guard let id = object["id"].flatMap(BatchID.init) else { throw .noID }
        guard let command = object["command"]?.text else { throw .noCommand(id: id) }
        self.id = id
        self.command = Array(command.utf8)
    }

    /// The JSON of a line, whatever is in it.
    static func object(_ line: BoundedLines.Line) throws(Flaw) -> JSONValue {
        guard case .whole(let bytes) = line else { throw .tooLong }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONParser.parse(bytes[...])
        } catch {
            throw .noJSON(error)
        }
        guard !bytes.hasHalfSurrogatePair else { throw .halfSurrogatePair }
        return value
    }
}

/// What an answer repeats of its request: a text or a number.
enum BatchID {
    case text(String)
    /// Its digits, as they were written.
    case number(String)

    init?(_ value: JSONValue) {
        switch value {
        case .string(let text): self = .text(text)
        case .number(let digits): self = .number(digits)
        case .null, .boolean, .array, .object: return nil
        }
    }

    /// Writes the member `id` into an object that is begun.
    func write(to writer: inout JSONWriter) {
        writer.key("id")
        switch self {
        case .text(let text): writer.string(text)
        case .number(let digits): writer.bare(digits)
        }
    }
}

extension [UInt8] {
    /// Whether a `\uD800`–`\uDFFF` in JSON stands without the other half.
    ///
    /// The JSON reader puts U+FFFD in its place, and no command is to be repaired in silence.
    fileprivate var hasHalfSurrogatePair: Bool {
        var index = 0
        var awaitsSecondHalf = false
        while index < count {
            let unit = self[index] == 0x5C ? escapedUnit(at: index) : nil
            let isSecondHalf = unit.map { 0xDC00...0xDFFF ~= $0 } ?? false
            if isSecondHalf != awaitsSecondHalf { return true }
            awaitsSecondHalf = unit.map { 0xD800...0xDBFF ~= $0 } ?? false
            index += unit != nil ? 6 : self[index] == 0x5C ? 2 : 1
        }
        return awaitsSecondHalf
    }

    private func escapedUnit(at index: Int) -> UInt32? {
        guard index + 6 <= count, self[index + 1] == 0x75 else { return nil }
        return UInt32(String(decoding: self[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16)
    }
}
