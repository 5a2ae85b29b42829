internal import Authority
internal import Foundation
internal import Recording
internal import ShellSyntax

/// `sallyport parse --batch`: an answer for each line of the standard input, in turn.
struct ParseBatch {
    /// LIMIT: a command as long as the parser takes, each byte of it escaped by a second one.
    static let maximumLineBytes = 2 * ParserLimits().inputBytes + 1024

    let dialect: Dialect
    let options: ShellOptions
    let showsTrees: Bool

    func run() throws(BoundedLines.Failure) {
        var lines = BoundedLines(maximumBytes: Self.maximumLineBytes)
        var number = 0
        while let line = try lines.next() {
            number += 1
            Output.line(String(decoding: answer(line, number: number), as: UTF8.self))
        }
    }

    /// Why a line is no request.
    private enum Flaw: Error {
        case tooLong
        case notUTF8
        case noJSON(JSONError)
        case halfSurrogatePair
        case noID
        case noCommand(id: JSONValue)
    }

    private func answer(_ line: BoundedLines.Line, number: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        do throws(Flaw) {
            let (id, command) = try request(line)
            write(id, to: &writer)
            write(command, to: &writer)
        } catch {
            if case .noCommand(let id) = error { write(id, to: &writer) }
            writer.key("status")
            writer.string("rejected")
            writer.key("error")
            writer.string("line \(number) \(Self.prose(error))")
        }
        writer.endObject()
        return writer.text
    }

    private func request(_ line: BoundedLines.Line) throws(Flaw) -> (id: JSONValue, [UInt8]) {
        guard case .whole(let bytes) = line else { throw .tooLong }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONParser.parse(bytes[...])
        } catch {
            throw .noJSON(error)
        }
        guard !bytes.hasHalfSurrogatePair else { throw .halfSurrogatePair }
        guard let id = value["id"], id.isIdentifier else { throw .noID }
        guard let command = value["command"]?.text else { throw .noCommand(id: id) }
        return (id, Array(command.utf8))
    }

    private func write(_ id: JSONValue, to writer: inout JSONWriter) {
        writer.key("id")
        switch id {
        case .string(let text): writer.string(text)
        case .number(let digits): writer.bare(digits)
        case .null, .boolean, .array, .object: preconditionFailure("an id is text or a number")
        }
    }

    /// A command is all that comes: a here-document or a last backslash that more text could complete
    /// is what the shell makes of it.
    private func write(_ command: [UInt8], to writer: inout JSONWriter) {
        let open = Program(command, dialect: dialect, isFinal: false, options: options)
        let program =
            open.status == .incomplete
            ? Program(command, dialect: dialect, isFinal: true, options: options) : open
        let isAccepted = program.status == .accepted
        writer.key("status")
        writer.string(program.status.rawValue)
        if let flaw = isAccepted ? open.flaw : program.flaw {
            writer.key(isAccepted ? "warning" : "error")
            let place = LineTable(command).place(of: flaw.range.bytes.lowerBound)
            writer.string("\(place): \(flaw.message)")
        }
        if showsTrees, isAccepted {
            writer.key("tree")
            writer.bare(JSONOutline.text(of: program))
        }
    }

    private static func prose(_ flaw: Flaw) -> String {
        switch flaw {
        case .tooLong: "is longer than \(maximumLineBytes) bytes"
        case .notUTF8: "is not UTF-8"
        case .noJSON(let error): error.description
        case .halfSurrogatePair: "has half of a surrogate pair, which is no character"
        case .noID: "has no `id` that is a string or a number"
        case .noCommand: "has no `command` that is a string"
        }
    }
}

extension JSONValue {
    fileprivate var isIdentifier: Bool {
        switch self {
        case .string, .number: true
        case .null, .boolean, .array, .object: false
        }
    }
}

extension Program {
    /// The first thing that is wrong, or what is open.
    fileprivate var flaw: (message: String, range: SourceRange)? {
        if let error = errors.first { return (error.description, error.range) }
        guard let incomplete, let innermost = incomplete.open.last else { return nil }
        return (incomplete.description, innermost.range)
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
