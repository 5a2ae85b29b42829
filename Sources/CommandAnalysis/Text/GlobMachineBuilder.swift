/// Lays the states of a machine out, one token after the other.
struct GlobMachineBuilder {
    struct Move {
        let bytes: ByteSet
        let targets: ByteSet
    }

    struct Built {
        let moves: [[Move]]
        /// For each state that one and all that is reached from it without reading.
        let reached: [ByteSet]
        let end: UInt8
        let absorbing: ByteSet
        let classes: [ByteSet]

        var classOfByte: [UInt8] {
            var numbers = [UInt8](repeating: 0, count: 256)
            for (number, bytes) in classes.enumerated() {
                for byte in bytes { numbers[Int(byte)] = UInt8(number) }
            }
            return numbers
        }

        /// For each class the states from which one of its bytes leads anywhere.
        var movers: [ByteSet] {
            classes.map { bytes in
                var states = ByteSet.empty
                for (state, moves) in moves.enumerated()
                where moves.contains(where: { $0.bytes.intersects(bytes) }) {
                    states.insert(UInt8(state))
                }
                return states
            }
        }

        /// For each state all that is reached from it over any number of these bytes.
        func reached(over bytes: ByteSet) -> [ByteSet] {
            var reached = moves.indices.map { ByteSet(UInt8($0)) }
            // States lead to later ones, but for those of a `**`, which lead to each other.
            var isComplete = false
            while !isComplete {
                isComplete = true
                for state in moves.indices.reversed() {
                    let before = reached[state]
                    for move in moves[state] where move.bytes.intersects(bytes) {
                        for target in move.targets {
                            reached[state].formUnion(reached[Int(target)])
                        }
                    }
                    if reached[state] != before { isComplete = false }
                }
            }
            return reached
        }
    }

    /// The moves of each state to one other state.
    private var moves: [[(bytes: ByteSet, target: Int)]] = [[]]
    /// For each state the one that is reached from it without reading.
    private var free: [Int?] = [nil]
    /// Where the next token begins.
    private var last = 0
    private var absorbing: [Int] = []

    mutating func append(_ token: GlobToken) {
        absorbing = []
        switch token {
        case .text(let bytes):
            for byte in bytes { addMove(over: ByteSet(byte)) }
        case .one(let bytes): addMove(over: bytes)
        // No pattern has the second; it would match no less.
        case .many(let bytes), .visible(let bytes):
            moves[last].append((bytes, last))
            addFreeMove()
        case .below:
            let slash = ByteSet.slash
            let before = last
            let behindSlash = addState()
            let component = addState()
            moves[before].append((slash, behindSlash))
            moves[behindSlash].append((.inName, component))
            moves[component].append((.inName, component))
            moves[component].append((slash, behindSlash))
            addFreeMove()
            free[component] = last
            absorbing = [before, component]
        }
    }

    private mutating func addState() -> Int {
        moves.append([])
        free.append(nil)
        return moves.count - 1
    }

    private mutating func addMove(over bytes: ByteSet) {
        let state = addState()
        moves[last].append((bytes, state))
        last = state
    }

    private mutating func addFreeMove() {
        let state = addState()
        free[last] = state
        last = state
    }

    /// Nil where there are more states than a set can hold.
    func build() -> Built? {
        guard moves.count <= GlobMachine.maximumStates else { return nil }
        return Built(
            moves: moves.map { moves in
                moves.map { Move(bytes: $0.bytes, targets: reached(from: $0.target)) }
            },
            reached: moves.indices.map(reached),
            end: UInt8(last),
            absorbing: absorbing.reduce(into: .empty) { $0.insert(UInt8($1)) },
            classes: classes
        )
    }

    private func reached(from state: Int) -> ByteSet {
        var states = ByteSet(UInt8(state))
        var next = free[state]
        while let state = next {
            states.insert(UInt8(state))
            next = free[state]
        }
        return states
    }

    /// All bytes, divided by what the moves tell apart.
    private var classes: [ByteSet] {
        var classes = [ByteSet.all]
        for bytes in Set(moves.joined().map(\.bytes)) {
            classes = classes.flatMap { each in
                [each.intersection(bytes), each.subtracting(bytes)].filter { !$0.isEmpty }
            }
        }
        return classes
    }
}
