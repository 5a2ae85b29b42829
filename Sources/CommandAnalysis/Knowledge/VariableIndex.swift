internal import ShellSyntax

/// Patterns of variables by what their names begin with.
struct VariableIndex: Sendable {
    private let patterns: [VariablePattern]
    /// The numbers of those without `*`.
    private let byName: [ShellText: [Int]]
    /// Those with one, by the first byte; those that begin with it, by `*`.
    private let byFirst: [UInt8: [Wild]]

    private struct Wild: Sendable {
        let number: Int
        /// What stands before the first `*`: it tells most names apart.
        let beginning: [UInt8]
    }

    private static let star = UInt8(ascii: "*")

    init(_ patterns: [VariablePattern]) {
        self.patterns = patterns
        var byName: [ShellText: [Int]] = [:]
        var byFirst: [UInt8: [Wild]] = [:]
        for (number, pattern) in patterns.enumerated() {
            if pattern.name.utf8.contains(Self.star) {
                let beginning = Array(pattern.name.utf8.prefix { $0 != Self.star })
                byFirst[beginning.first ?? Self.star, default: []].append(
                    Wild(number: number, beginning: beginning)
                )
            } else {
                byName[pattern.name, default: []].append(number)
            }
        }
        self.byName = byName
        self.byFirst = byFirst
    }

    /// Those that match a name, in their order.
    func matching(_ name: ShellText) -> [VariablePattern] {
        var numbers = byName[name] ?? []
        let first = name.utf8.first ?? Self.star
        addWild(first, name, to: &numbers)
        if first != Self.star { addWild(Self.star, name, to: &numbers) }
        if numbers.isEmpty { return [] }
        return numbers.sorted().map { patterns[$0] }
    }

    private func addWild(_ first: UInt8, _ name: ShellText, to numbers: inout [Int]) {
        guard let candidates = byFirst[first] else { return }
        for wild in candidates where name.begins(with: wild.beginning) {
            if patterns[wild.number].name.matchesStars(name) { numbers.append(wild.number) }
        }
    }
}
