import ShellSyntax
import Testing

@testable import CommandAnalysis

@Suite struct `the text that parallel repeats` {
    private func template(_ text: ShellText) -> ParallelTemplate {
        ParallelTemplate([text], appends: true)
    }

    @Test(
        arguments: [
            ("wc -l {}", true), ("wc -l \"{}\"", false),
            ("wc -l >{}.txt", true), ("wc -l '{}'", false),
            ("wc -l $(cat {})", true), ("wc -l `cat {}`", false),
            ("wc -l \"a\"{}\"b\"", true), ("wc -l \"$(cat \"{}\")\"", false),
            ("wc -l \\\\{}", true), ("wc -l \\{}", false),
            ("wc -l '$'{}", true), ("wc -l ${}", false),
            ("cat <<< {}", true), ("cat << E\n{}\nE", false),
            ("wc a#{}", true), ("wc a #{}", false),
            ("[ -f {} ]", true), ("a[{}]=1 wc", false),
            ("wc a; ( cat {} )", true), ("wc a; ((b={}))", false),
            ("wc {} 'a'", true), ("wc {} 'a", false),
        ] as [(ShellText, Bool)]
    )
    func `has places in which a quoted word is one`(text: ShellText, areWords: Bool) {
        #expect(template(text).areWords == areWords)
    }

    @Test(
        arguments: [
            ("wc {}", "/a/b.c", "wc /a/b.c"), ("wc {.}", "/a/b.c", "wc /a/b"),
            ("wc {/}", "/a/b.c", "wc b.c"), ("wc {/.}", "/a/b.c", "wc b"),
            ("wc {//}", "/a/b.c", "wc /a"), ("wc {1//}", "/b.c", "wc /"),
            ("wc {.}", "/a.b/c", "wc /a.b/c"), ("wc {.}", "/a.", "wc /a"),
            ("wc {-1/}", "a b", "wc 'a b'"),
            ("wc", "it's", "wc 'it'\"'\"'s'"), ("wc {a}", "b", "wc {a} b"),
        ] as [(ShellText, ShellText, ShellText)]
    )
    func `puts what a mark makes of an argument into its place`(
        text: ShellText,
        argument: ShellText,
        command: ShellText
    ) {
        #expect(template(text).command(with: [AbstractText(argument)])?.text == command)
    }

    @Test func `quotes nothing where a mark is in the name of the command`() {
        #expect(template("{} -h").command(with: ["df; reboot"])?.text == "df; reboot -h")
        #expect(template("a={} wc").command(with: ["df; reboot"])?.text == "a='df; reboot' wc")
        #expect(template("{} -h").command(with: [.notComputed]) == nil)
    }
}
