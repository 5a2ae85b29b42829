/// The steps that were taken to read a text and all texts in it.
///
/// A step is a byte or a token that is looked at. Shared by all readers of one text, so that texts
/// in texts and conditions in conditions cannot have more than the whole.
final class SQLWork {
    // LIMIT: steps for each byte of the text. Ordinary statements need five to ten; a text that is
    // built to be read again and again is not read to its end.
    static let maximumStepsPerByte = 24
    // LIMIT: steps that a text may take however short it is.
    static let minimumSteps = 4096

    private(set) var steps = 0
    private let limit: Int

    init(bytes: Int) { limit = max(Self.minimumSteps, bytes * Self.maximumStepsPerByte) }

    var isExhausted: Bool { steps > limit }

    func spend(_ more: Int) { steps += more }
}
