/// Who waits for their turn, first come, first served, and none for longer than they are told.
final class WaitingLine<Entry> {
    private struct Place {
        let number: UInt64
        let entry: Entry
        let timer: Reactor.TimerID
    }

    private let limit: Int
    private let patience: Duration
    private let reactor: Reactor
    private var places: [Place] = []
    private var next: UInt64 = 0

    var count: Int { places.count }
    var isEmpty: Bool { places.isEmpty }

    /// At most `limit` wait at once, each at most for `patience`.
    init(limit: Int, patience: Duration, on reactor: Reactor) {
        self.limit = limit
        self.patience = patience
        self.reactor = reactor
    }

    /// False where too many wait; `expired` is called when the turn did not come in time.
    func join(_ entry: Entry, expired: @escaping (Entry) -> Void) -> Bool {
        guard places.count < limit else { return false }
        let number = next
        next += 1
        let timer = reactor.after(patience) { [weak self] in
            guard let self, let index = places.firstIndex(where: { $0.number == number }) else {
                return
            }
            expired(places.remove(at: index).entry)
        }
        places.append(Place(number: number, entry: entry, timer: timer))
        return true
    }

    /// Whose turn it is.
    func takeFirst() -> Entry? {
        guard !places.isEmpty else { return nil }
        let place = places.removeFirst()
        reactor.cancel(place.timer)
        return place.entry
    }

    /// Everybody, in their order; the line is empty then.
    func takeAll() -> [Entry] {
        let all = places
        places = []
        for place in all { reactor.cancel(place.timer) }
        return all.map(\.entry)
    }
}
