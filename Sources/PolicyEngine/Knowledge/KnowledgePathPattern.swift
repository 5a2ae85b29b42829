import CommandAnalysis
import ShellSyntax

extension PathPattern {
    /// What a path of a knowledge file begins with.
    static let expected =
        "an absolute path or one that begins with `~/`, `~*/` or `./`, without `..`, perhaps with "
        + "`*` and `**`"

    /// Nil where the text is no pattern.
    init?(knowledge text: String) {
        do throws(PathPatternError) {
            try self.init(ShellText(text))
        } catch {
            return nil
        }
    }
}
