import ShellSyntax

// Names of variables.

extension ShellText {
    /// Whether it can be the name of a variable.
    var isName: Bool {
        guard let first = utf8.first, first.isLetter else { return false }
        return utf8.dropFirst().allSatisfy { $0.isLetter || (0x30...0x39).contains($0) }
    }

    /// What stands before `=`, where that is a name.
    var variableName: ShellText? {
        let name = ShellText(
            Array(utf8.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "+") })
        )
        return name.isName ? name : nil
    }

    /// The same, or what stands before a subscript: `a[0]`, `a[0]=x`.
    var declaredName: ShellText? {
        let name = ShellText(Array(utf8.prefix { !"=+[".utf8.contains($0) }))
        return name.isName ? name : nil
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool {
        self == UInt8(ascii: "_") || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}
