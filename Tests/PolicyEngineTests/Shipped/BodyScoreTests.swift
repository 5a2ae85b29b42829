import Foundation
import PolicyEngine
import TestSupport
import Testing

/// The score on commands of others.
@Suite struct `the score on real commands` {
    // Out of a hundred, so many agree at least: what was reached, rounded down.

    @Test func `permits nothing that is labelled deny, and agrees with most labels`() throws {
        try expectScore(of: LabelledCommands(LabelledCommands.secondBody), atLeast: 91)
    }

    @Test func `is no lower for the commands to learn from`() throws {
        try expectScore(of: LabelledCommands(LabelledCommands.practice), atLeast: 94)
    }

    @Test func `differs from the first labels as the page of differences explains`() throws {
        let body = try LabelledCommands(LabelledCommands.body)
        let rulings = try body.rulings()
        try expectScore(of: body, rulings, atLeast: 98)
        let found = zip(body.labels, rulings)
            .filter { "\($1)" != $0.label.rawValue }
            .map { "| \($0.id) | \($0.label) | \($1) |" }
        let explained = try RepositoryFile("\(LabelledCommands.folder)/differences.md").lines
            .filter { $0.hasPrefix("| b") }
            .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        #expect(explained.map { "| \($0[0]) | \($0[1]) | \($0[2]) |" } == found)
        #expect(explained.allSatisfy { $0.count == 5 && $0[4].count >= 20 })
    }

    private func expectScore(
        of body: LabelledCommands,
        _ known: [Ruling]? = nil,
        atLeast wanted: Int
    ) throws {
        let rulings = try known ?? body.rulings()
        var agreeing = 0
        for (labelled, ruling) in zip(body.labels, rulings) {
            if "\(ruling)" == labelled.label.rawValue { agreeing += 1 }
            #expect(labelled.label != .deny || ruling != .permit, "\(labelled.id)")
        }
        #expect(agreeing * 100 >= body.commands.count * wanted, "\(agreeing)")
    }
}
