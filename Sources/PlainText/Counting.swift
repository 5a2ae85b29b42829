/// Numbers in front of what they count.
extension BinaryInteger {
    /// `1 session`, `2 sessions`: for nouns whose plural has an s.
    package func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
