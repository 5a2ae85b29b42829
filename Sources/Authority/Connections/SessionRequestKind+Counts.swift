import SessionProtocol

extension SessionRequestKind {
    /// What another release handed over, by the kinds that there are.
    static func counts(_ handed: MessageCounts) -> [SessionRequestKind: Int] {
        handed.reduce(into: [:]) { counts, entry in
            guard let kind = UInt8(exactly: entry.key).flatMap(SessionRequestKind.init) else {
                return
            }
            counts[kind] = entry.value
        }
    }
}

extension [SessionRequestKind: Int] {
    var handed: MessageCounts {
        reduce(into: [:]) { $0[Int($1.key.rawValue)] = $1.value }
    }
}
