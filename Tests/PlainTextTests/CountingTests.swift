import PlainText
import Testing

@Suite struct `a number of things` {
    @Test(arguments: [(0, "0 sessions"), (1, "1 session"), (2, "2 sessions"), (11, "11 sessions")])
    func `is one, or more than one`(_ count: Int, _ text: String) {
        #expect(count.counted("session") == text)
    }
}
