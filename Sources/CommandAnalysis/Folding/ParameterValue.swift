import ShellSyntax

/// What a parameter is before anything is done with it.
enum ParameterValue {
    /// It is not set.
    case unset
    /// One of these.
    case texts([AbstractText])
    /// `$@`, `$*`, `${name[@]}`: the elements, and whether each is a field of its own in quotes.
    case list([Argument], isEach: Bool)
    /// Perhaps set.
    case unknown(UnknownText)
}
