/// The greatest sizes of what is read from a YAML file.
package enum YAMLLimits {
    /// LIMIT: an inventory of 5,000 targets is about 3 MiB.
    package static let fileBytes = 16 * 1024 * 1024
    /// LIMIT: the deepest file of ours has seven levels; a reader recurses once for each.
    package static let depth = 32
    /// LIMIT: a public key line of RSA-8192 with its comment; everything else is far shorter.
    package static let textBytes = 8 * 1024
    /// LIMIT: entries of one list or mapping.
    package static let entries = 100_000
    /// LIMIT: a repeated key costs another parse of the file.
    static let repeatedKeys = 20
    /// LIMIT: aliases multiply what they stand for, so few enough to be harmless are parsed at all,
    /// only to say where they are.
    static let aliases = 32
}
