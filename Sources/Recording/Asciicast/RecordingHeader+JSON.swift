extension RecordingHeader {
    /// The number in our object of the header.
    package static let format: UInt64 = 1

    /// The header's line, with its line feed.
    package var encoded: [UInt8] {
        var line: [UInt8] = [UInt8(ascii: "{")]
        JSONText.append(key: "version", 2, to: &line)
        JSONText.append(key: "width", columns, to: &line)
        JSONText.append(key: "height", rows, to: &line)
        // asciinema 3 refuses a negative one.
        JSONText.append(key: "timestamp", max(timestamp, 0), to: &line)
        JSONText.append(key: "title", title, to: &line)
        JSONText.append(key: "command", command.map { ExactText(bytes: $0).text }, to: &line)
        if terminalType != nil || shell != nil {
            JSONText.append(key: "env", to: &line)
            line.append(UInt8(ascii: "{"))
            JSONText.append(key: "TERM", terminalType, to: &line)
            JSONText.append(key: "SHELL", shell, to: &line)
            line.append(UInt8(ascii: "}"))
        }
        JSONText.append(key: "sallyport", to: &line)
        appendOurs(to: &line)
        line.append(contentsOf: [UInt8(ascii: "}"), UInt8(ascii: "\n")])
        return line
    }

    private func appendOurs(to line: inout [UInt8]) {
        line.append(UInt8(ascii: "{"))
        JSONText.append(key: "format", Self.format, to: &line)
        if let session {
            JSONText.append(key: "connection", session.connection, to: &line)
            JSONText.append(key: "session", session.session, to: &line)
            JSONText.append(key: "principal", session.principal, to: &line)
            JSONText.append(key: "on_behalf_of", session.onBehalfOf, to: &line)
            JSONText.append(key: "target", session.target, to: &line)
            JSONText.append(key: "login", session.login, to: &line)
            switch session.request {
            case .exec: JSONText.append(key: "request", "exec", to: &line)
            case .shell: JSONText.append(key: "request", "shell", to: &line)
            case .subsystem(let name):
                JSONText.append(key: "request", "subsystem", to: &line)
                JSONText.append(key: "subsystem", name, to: &line)
            }
        }
        let exactCommand = command.flatMap { ExactText(bytes: $0).base64 }
        JSONText.append(key: "command_base64", exactCommand, to: &line)
        if addsCarriageReturns {
            JSONText.append(key: "adds_carriage_returns", true, to: &line)
        }
        line.append(UInt8(ascii: "}"))
    }

    /// Reads the first line of an asciicast v2 file, ours or another's.
    package init(line: ArraySlice<UInt8>) throws(CastError) {
        let object: JSONValue
        do { object = try JSONParser.parse(line) } catch { throw .noHeader(error) }
        guard let version = object["version"]?.unsigned else { throw .notAsciicast }
        guard version == 2 else { throw .unsupportedVersion(version) }
        let ours = object["sallyport"]
        if let format = ours?["format"]?.unsigned, format != Self.format {
            throw .unsupportedFormat(format)
        }
        columns = Self.cells(object["width"], otherwise: 80)
        rows = Self.cells(object["height"], otherwise: 24)
        timestamp = object["timestamp"]?.signed ?? 0
        title = object["title"]?.text
        command = object["command"]?.text.map {
            ExactText(text: $0, base64: ours?["command_base64"]?.text).bytes
        }
        terminalType = object["env"]?["TERM"]?.text
        shell = object["env"]?["SHELL"]?.text
        addsCarriageReturns = ours?["adds_carriage_returns"]?.boolean ?? false
        session = ours.flatMap(RecordedSession.init(object:))
    }

    /// Columns or rows; 0 is what a recorder without a terminal writes.
    private static func cells(_ value: JSONValue?, otherwise: UInt16) -> UInt16 {
        guard let value = value?.unsigned, value > 0 else { return otherwise }
        return UInt16(clamping: value)
    }
}

extension RecordedSession {
    fileprivate init?(object: JSONValue) {
        guard let connection = object["connection"]?.text,
            let session = object["session"]?.text,
            let principal = object["principal"]?.text,
            let target = object["target"]?.text,
            let login = object["login"]?.text
        else { return nil }
        switch object["request"]?.text {
        case "exec": request = .exec
        case "shell": request = .shell
        case "subsystem": request = .subsystem(name: object["subsystem"]?.text ?? "")
        case _: return nil
        }
        self.connection = connection
        self.session = session
        self.principal = principal
        self.target = target
        self.login = login
        onBehalfOf = object["on_behalf_of"]?.text
    }
}
