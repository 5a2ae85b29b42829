/// The effects of a text while it is read: each kind once, bounded in number.
///
/// A script that inserts ten thousand rows says one thing.
struct EffectCollector {
    // LIMIT: different effects of one text; more is a text that nobody has read to its end, and the
    // answer then is that it may do anything.
    static let maximumEffects = 512

    private(set) var effects: [CodeEffect] = []
    private(set) var isComplete = true
    private var places: [CodeEffect.Kind: Int] = [:]

    mutating func add(_ kind: CodeEffect.Kind, _ certainty: Certainty, at place: Range<Int>?) {
        if let known = places[kind] {
            if certainty == .certain, effects[known].certainty == .possible {
                effects[known] = CodeEffect(kind, .certain, at: place)
            }
            return
        }
        guard effects.count < Self.maximumEffects else {
            isComplete = false
            return
        }
        places[kind] = effects.count
        effects.append(CodeEffect(kind, certainty, at: place))
    }

    /// The text does more than the effects say, or may do so.
    mutating func leaveOpen() { isComplete = false }

    var findings: CodeFindings { CodeFindings(effects: effects, isComplete: isComplete) }
}
