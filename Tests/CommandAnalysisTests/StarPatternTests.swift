import ShellSyntax
import Testing

@testable import CommandAnalysis

/// Patterns of knowledge, in which `*` is any text.
@Suite struct `a pattern with stars` {
    @Test(arguments: [
        ("", ""), ("*", ""), ("*", "a"), ("**", "a"), ("a", "a"), ("a*", "a"), ("a*", "abc"),
        ("*c", "abc"), ("*c", "cc"), ("a*c", "ac"), ("a*c", "abcbc"), ("*b*", "abc"),
        ("*ab*ab*", "abab"), ("a*b*c", "aXbXbXc"), ("*aab", "aaab"), ("s*é", "sé"),
    ])
    func `matches`(pattern: String, text: String) {
        #expect(ShellText(pattern).matchesStars(ShellText(text)))
    }

    @Test(arguments: [
        ("", "a"), ("a", ""), ("a", "ab"), ("a", "A"), ("a*", "ba"), ("*c", "cb"), ("a*a", "a"),
        ("a*c", "abcb"), ("*ab*ab*", "aba"), ("*b*", "ac"), ("a?c", "abc"), ("*é", "s\u{301}e"),
    ])
    func `does not match`(pattern: String, text: String) {
        #expect(!ShellText(pattern).matchesStars(ShellText(text)))
    }
}
