internal import CommandAnalysis

/// What a rule asks of an action.
indirect enum RuleCondition: Hashable, Sendable {
    case all([RuleCondition])
    case any([RuleCondition])
    case not(RuleCondition)
    /// What only may hold, or cannot be told, does not count.
    case surely(RuleCondition)
    case test(RuleTest)
}

/// One question about an action; of several patterns one must match.
enum RuleTest: Hashable, Sendable {
    case paths(ActionAttribute, PathPatternList)
    case texts(ActionAttribute, TextPatternList)
    case flag(ActionAttribute, Bool)
    case program(TextPatternList)
    /// The account as which the program runs; nil is the login.
    case user([TextPattern?])
    case place([PlacePattern])
    /// Something that runs the program, from the outside.
    case wrapper(TextPatternList)
    case certainty(Certainty)
    /// One of these attributes has a value of which not even the beginning is known.
    case unknown([ActionAttribute])
}

/// Where a program runs.
enum PlacePattern: Hashable, Sendable {
    case target
    /// Of any name where there is no pattern.
    case within(Place.Kind, TextPattern?)
}
