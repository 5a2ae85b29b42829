import SessionProtocol

/// What a client set for its session before it asked for a program (RFC 4254 §6.2, §6.4).
struct SessionPreparation {
    private(set) var terminal: TerminalRequest?
    private(set) var environment: [EnvironmentVariable] = []
    private var environmentBytes = 0

    /// Whether the terminal is granted.
    mutating func setTerminal(type: String, columns: UInt32, rows: UInt32) -> Bool {
        guard type.utf8.count <= FieldLimits.terminalType else { return false }
        terminal = TerminalRequest(type: type, columns: columns, rows: rows)
        return true
    }

    /// Whether there is a terminal whose size can change.
    mutating func changeTerminal(columns: UInt32, rows: UInt32) -> Bool {
        guard terminal != nil else { return false }
        terminal?.columns = columns
        terminal?.rows = rows
        return true
    }

    /// Whether the variable fits; who may set which is the authority's to say.
    mutating func set(_ name: String, to value: [UInt8]) -> Bool {
        let size = environmentBytes + name.utf8.count + value.count
        guard environment.count < FieldLimits.environmentCount,
            name.utf8.count <= FieldLimits.environmentName,
            value.count <= FieldLimits.environmentValue, size <= FieldLimits.environmentBytes
        else { return false }
        environment.append(EnvironmentVariable(name: name, value: value))
        environmentBytes = size
        return true
    }
}
