import ShellSyntax

/// What `-M` loads.
enum PerlModules {
    /// Whether an option loads a known module and does nothing else: `strict`, `List::Util=sum`.
    ///
    /// Behind a blank the option's value is code: `-M'POSIX qw(floor)'`.
    static func isHarmless(_ option: AbstractText) -> Bool {
        guard let literal = option.literal else { return false }
        var bytes = Array(literal.utf8)[...]
        if bytes.first == UInt8(ascii: "-") { bytes = bytes.dropFirst() }
        let name = bytes.prefix { $0.isIdentifier || $0 == UInt8(ascii: ":") }
        guard PerlNames.modules.contains(ShellText(name)) else { return false }
        let rest = bytes.dropFirst(name.count)
        if rest.first == UInt8(ascii: "=") {
            return rest.dropFirst().allSatisfy { $0.isIdentifier || ",:".utf8.contains($0) }
        }
        let list = rest.drop(while: \.isGap)
        if list.isEmpty { return true }
        guard list.starts(with: "qw(".utf8), list.last == UInt8(ascii: ")") else { return false }
        return list.dropFirst(3).dropLast().allSatisfy {
            $0.isIdentifier || $0.isGap || $0 == UInt8(ascii: ":")
        }
    }
}
