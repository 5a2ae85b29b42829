/// The aliases that hold while a command is read.
package struct AliasTable: Hashable, Sendable {
    private var values: [ShellText: ShellText] = [:]

    package init() {}

    package var isEmpty: Bool { values.isEmpty }

    package subscript(_ name: ShellText) -> ShellText? {
        get { values[name] }
        set { values[name] = newValue }
    }

    package mutating func removeAll() { values = [:] }
}
