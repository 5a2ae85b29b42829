/// Foreign text made fit for one line of a log, a record or a message.
package enum PrintableText {
    /// The text with its control and format characters written out, cut at `limit` characters.
    package static func escaped(_ text: String, limit: Int = 512) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(limit) {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .privateUse,
                .unassigned:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
