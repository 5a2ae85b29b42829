/// What an analysis does before it gives up; where a limit does not say what happens then, the command
/// line is refused.
public enum AnalysisLimits {
    /// LIMIT: what is known of one word, put together of variables and output; with more it is not
    /// known.
    public static let wordBytes = 256 * 1024
    /// LIMIT: components of one path that match `.` and `..`; with more of them it may be any path.
    public static let dotComponents = 3
    /// LIMIT: the lowest number of a process substitution that is told from a descriptor: 500 of them
    /// on a line, of which more are taken for descriptors of the guard.
    public static let lowestSubstitution = 500
    /// LIMIT: bytes that are compared to find a text that is read again in the command line; with
    /// more its places are those of the whole command.
    public static let comparedBytes = 256 * 1024
    /// LIMIT: commands that are walked, each time a loop or a call walks them counted; a line of 96
    /// KiB of `:;` has 49,152.
    public static let steps = 50_000
    /// LIMIT: variables, functions and files that the shell remembers, counted again for each command
    /// and wherever two ways meet.
    ///
    /// There they may be copied and compared; a trap, which runs there, counts as 64. A script of a
    /// thousand commands with a hundred variables has some 200,000.
    public static let remembered = 500_000
    /// LIMIT: bytes that aliases bring in while one text is read, of `ParserLimits.aliasBytes` an eighth.
    public static let aliasBytes = 512 << 10
    /// LIMIT: what words and outputs become, all together, in bytes.
    public static let foldedBytes = 16 << 20
    /// LIMIT: how often a byte of a value may be looked at by the patterns of `${x/p/y}` and its kind; a
    /// value of 200 bytes and a pattern with `*` have 40,000.
    public static let patternSteps = 3_000_000
    /// LIMIT: a path; four times PATH_MAX of Linux, of which no system call takes more.
    public static let pathBytes = 16 * 1024
    /// LIMIT: text read again by `eval`, `sh -c` and their kind, functions, substitutions and
    /// wrappers, one in another; bounds the stack.
    public static let nesting = 24
    /// LIMIT: bytes of output and files that are followed; what is longer is unknown text.
    public static let textBytes = 64 * 1024
    /// LIMIT: argument vectors that one command may become.
    public static let alternatives = 64
    /// LIMIT: fields that one word may become.
    public static let fields = 4096
    /// LIMIT: words that a loop is walked for one by one, and lines that `xargs` is; with more, for
    /// all of them at once.
    public static let iterations = 16
    /// LIMIT: actions of one line that are told apart, and programs that it runs.
    public static let actions = 3072
    /// LIMIT: paths that a line or a guarded shell writes and that are told apart; with more of them,
    /// every script may be one that it has written.
    public static let writtenPaths = 512
    /// LIMIT: names of processes that one list of their numbers may be of.
    public static let processNames = 512
    /// LIMIT: bytes of all text that is read a second time.
    public static let rereadBytes = 256 * 1024
    /// LIMIT: references that lead to references; bash itself stops at 8.
    public static let references = 8
}

/// Why nothing can be said of a command line.
public enum AnalysisProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case limit(String, maximum: Int)

    public var description: String {
        switch self {
        case .limit(let what, let maximum): "\(what) exceeds the limit of \(maximum)"
        }
    }
}
