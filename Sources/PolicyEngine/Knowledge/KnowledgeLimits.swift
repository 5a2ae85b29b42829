/// The greatest sizes of what knowledge files hold.
///
/// Whoever writes them is trusted not to lie, not to be careful: a slip must not take the memory of
/// the process that decides.
enum KnowledgeLimits {
    /// LIMIT: a family of programs has a file; ours are about 60.
    static let files = 1_000
    /// LIMIT: names of programs in all files; a distribution has 4,000 in its PATH.
    static let programs = 10_000
    /// LIMIT: the longest name of a file on Linux.
    static let nameBytes = 255
    /// LIMIT: spellings of one program; `gcc` has 1,500.
    static let spellings = 4_000
    /// LIMIT: names of subcommands beside each other; the largest service of `aws` has 700.
    static let commands = 4_000
    /// LIMIT: subcommands of subcommands; `gcloud` has six levels.
    static let commandDepth = 8
    /// LIMIT: definitions that are like one another; each is merged into the next.
    static let likeDepth = 8
    /// LIMIT: usages of one program, each tried in turn.
    static let usages = 64
    /// LIMIT: effects of one usage.
    static let effects = 64
    /// LIMIT: words of an operand pattern, an effect's text, or a list of conditions.
    static let words = 512
    /// LIMIT: patterns of paths of all classes together.
    static let paths = 10_000
    /// LIMIT: variables in all files.
    static let variables = 4_000
    /// LIMIT: programs that read one variable.
    static let variablePrograms = 256
}
