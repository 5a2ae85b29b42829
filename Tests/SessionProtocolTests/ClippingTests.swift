import Testing

@testable import SessionProtocol

@Suite struct `a text that is clipped to a field` {
    @Test func `stays as it is within the limit`() {
        #expect("äb".clipped(to: 3) == "äb")
    }

    @Test func `loses a character whole rather than in part`() {
        #expect("aä".clipped(to: 2) == "a")
        #expect("a😀b".clipped(to: 4) == "a")
        #expect("a😀b".clipped(to: 5) == "a😀")
    }

    @Test func `fits the limit even where one character is many scalars`() {
        let family = "👨‍👩‍👧‍👦"
        #expect(family.clipped(to: 8).utf8.count <= 8)
    }
}
