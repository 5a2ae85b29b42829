/// What separates login and target in an SSH user name.
enum AddressSeparator {
    static let bytes: [UInt8] = Array("@+%".utf8)

    static func isContained(in text: String) -> Bool {
        text.utf8.contains { bytes.contains($0) }
    }
}
