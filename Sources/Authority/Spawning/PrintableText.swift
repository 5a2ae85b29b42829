import PlainText

/// Foreign text made fit for one line of a log, a record or a message.
enum PrintableText {
    /// LIMIT: what a peer calls something, in Unicode scalars; more is of no use to whoever reads it.
    static let maximumScalars = 512

    /// The text with its control characters and the like written out.
    ///
    /// At most `limit` Unicode scalars of the result, whatever had to be written out; the last one
    /// is `…` where the text is cut.
    static func escaped(_ text: String, limit: Int = maximumScalars) -> String {
        text.escapingControls(limit: limit)
    }
}
