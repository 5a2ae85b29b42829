import CommandAnalysis
import Testing

@Suite struct `the vocabulary of actions` {
    @Test func `is spoken of by the names that rules use`() {
        #expect(Action(rawValue: "file.delete") == .fileDelete)
        #expect(Action(rawValue: "file.destroy") == nil)
        #expect(Action.allCases.allSatisfy { $0.rawValue.split(separator: ".").count == 2 })
        #expect(Certainty.allCases.map(\.rawValue) == ["certain", "possible"])
    }

    @Test func `numbers its actions in their order`() {
        #expect(Action.allCases.map(\.number) == Array(Action.allCases.indices))
    }

    @Test func `names no attribute of an action twice`() {
        for action in Action.allCases {
            #expect(Set(action.attributes).count == action.attributes.count, "\(action.rawValue)")
        }
    }

    @Test func `has an action for each attribute`() {
        let used = Set(Action.allCases.flatMap(\.attributes))
        #expect(used == Set(ActionAttribute.allCases))
    }
}
