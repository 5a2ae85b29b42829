/// The aliases that hold while a command is read.
public struct AliasTable: Hashable, Sendable {
    private var values: [ShellText: ShellText] = [:]

    public init() {}

    public var isEmpty: Bool { values.isEmpty }

    public subscript(_ name: ShellText) -> ShellText? {
        get { values[name] }
        set { values[name] = newValue }
    }

    public mutating func removeAll() { values = [:] }
}
