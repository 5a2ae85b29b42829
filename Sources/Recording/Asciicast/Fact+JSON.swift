extension Fact {
    /// The object that stands, as a string, in an `F` event.
    var json: String {
        var object: [UInt8] = [UInt8(ascii: "{")]
        JSONText.append(key: "kind", kind, to: &object)
        switch self {
        case .exitSignal(let signal, let coreDumped, let message):
            JSONText.append(key: "signal", signal, to: &object)
            JSONText.append(key: "core_dumped", coreDumped, to: &object)
            JSONText.append(key: "message", message, to: &object)
        case .file(let file):
            let path = ExactText(bytes: file.path)
            JSONText.append(key: "path", path.text, to: &object)
            JSONText.append(key: "path_base64", path.base64, to: &object)
            JSONText.append(key: "direction", file.direction.rawValue, to: &object)
            JSONText.append(key: "bytes", file.bytes, to: &object)
            JSONText.append(key: "sha256", file.sha256, to: &object)
        case .unfollowed(let path, let reason):
            let path = path.map { ExactText(bytes: $0) }
            JSONText.append(key: "path", path?.text, to: &object)
            JSONText.append(key: "path_base64", path?.base64, to: &object)
            JSONText.append(key: "reason", reason, to: &object)
        case .limit(let maximumBytes, let overflow):
            JSONText.append(key: "maximum_bytes", maximumBytes, to: &object)
            JSONText.append(key: "then", overflow.rawValue, to: &object)
        case .unrecorded(let stream, let bytes, let sha256):
            JSONText.append(key: "stream", stream.rawValue, to: &object)
            JSONText.append(key: "bytes", bytes, to: &object)
            JSONText.append(key: "sha256", sha256, to: &object)
        case .leftOut(let events):
            JSONText.append(key: "events", events, to: &object)
        case .end(let end):
            JSONText.append(key: "cause", end.cause, to: &object)
            JSONText.append(key: "input_bytes", end.inputBytes, to: &object)
            JSONText.append(key: "output_bytes", end.outputBytes, to: &object)
            JSONText.append(key: "error_bytes", end.errorBytes, to: &object)
        case .recovered(let cutBytes, let tornFile):
            JSONText.append(key: "cut_bytes", cutBytes, to: &object)
            JSONText.append(key: "torn_file", tornFile, to: &object)
        case .unknown: break
        }
        object.append(UInt8(ascii: "}"))
        return String(decoding: object, as: UTF8.self)
    }

    private var kind: String {
        switch self {
        case .exitSignal: "exit_signal"
        case .file: "file"
        case .unfollowed: "unfollowed"
        case .limit: "limit"
        case .unrecorded: "unrecorded"
        case .leftOut: "left_out"
        case .end: "end"
        case .recovered: "recovered"
        case .unknown(let kind): kind
        }
    }

    /// Reads a fact; one that lacks what its kind needs is unknown to us.
    init(json: [UInt8]) throws(JSONError) {
        let object = try JSONParser.parse(json[...])
        let kind = object["kind"]?.text ?? ""
        self = Self.known(kind, object) ?? .unknown(kind: kind)
    }

    private static func known(_ kind: String, _ object: JSONValue) -> Self? {
        switch kind {
        case "exit_signal":
            guard let signal = object["signal"]?.text else { return nil }
            return .exitSignal(
                signal: signal,
                coreDumped: object["core_dumped"]?.boolean ?? false,
                message: object["message"]?.text ?? ""
            )
        case "file": return movedFile(object).map { .file($0) }
        case "unfollowed":
            guard let reason = object["reason"]?.text else { return nil }
            let path = object["path"]?.text.map {
                ExactText(text: $0, base64: object["path_base64"]?.text).bytes
            }
            return .unfollowed(path: path, reason: reason)
        case "limit":
            guard let maximum = object["maximum_bytes"]?.unsigned,
                let overflow = object["then"]?.text.flatMap(RecordingBudget.Overflow.init)
            else { return nil }
            return .limit(maximumBytes: maximum, then: overflow)
        case "unrecorded":
            guard let stream = object["stream"]?.text.flatMap(RecordedStream.init),
                let bytes = object["bytes"]?.unsigned
            else { return nil }
            return .unrecorded(stream: stream, bytes: bytes, sha256: object["sha256"]?.text)
        case "left_out":
            return object["events"]?.unsigned.map { .leftOut(events: $0) }
        case "end":
            return .end(
                SessionEnd(
                    cause: object["cause"]?.text ?? "",
                    inputBytes: object["input_bytes"]?.unsigned ?? 0,
                    outputBytes: object["output_bytes"]?.unsigned ?? 0,
                    errorBytes: object["error_bytes"]?.unsigned ?? 0
                )
            )
        case "recovered":
            return .recovered(
                cutBytes: object["cut_bytes"]?.unsigned ?? 0,
                tornFile: object["torn_file"]?.text
            )
        default: return nil
        }
    }

    private static func movedFile(_ object: JSONValue) -> MovedFile? {
        guard let text = object["path"]?.text,
            let direction = object["direction"]?.text.flatMap(MovedFile.Direction.init),
            let bytes = object["bytes"]?.unsigned
        else { return nil }
        let path = ExactText(text: text, base64: object["path_base64"]?.text)
        return MovedFile(
            path: path.bytes,
            direction: direction,
            bytes: bytes,
            sha256: object["sha256"]?.text
        )
    }
}
