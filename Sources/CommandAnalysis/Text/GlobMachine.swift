/// A pattern as a machine that reads the bytes of a text, in all of its states at once.
///
/// The one place where patterns are matched. What is matched is not one text but the language of
/// all that a text may become: `meets` asks whether one of them is in the pattern's set, `holds`
/// whether all of them are.
///
/// An object, because every look at a path walks over hundreds of patterns, and copying what is in
/// each of them took longer than matching.
final class GlobMachine: Sendable {
    /// LIMIT: a set of states is one vector; a pattern has about a state for each byte.
    static let maximumStates = 256
    /// LIMIT: sets of states that `holds` looks at, beyond which it says no.
    ///
    /// That is the safe answer. A pattern with three wildcards against a path with three has some
    /// dozens.
    static let maximumLooks = 2000

    private struct Move: Sendable {
        let bytes: ByteSet
        /// With all states that are reached from them without reading.
        let targets: ByteSet
    }

    /// Those of all states, one state behind the other.
    private let moves: [Move]
    /// Where the moves of a state begin; those of the next one follow.
    private let firstMoves: [Int]
    /// What every text of the set begins with: most patterns are told apart by that alone.
    let beginning: [UInt8]
    /// What every text of the set ends with.
    private let ending: [UInt8]
    /// Bytes that every text of the set has in it.
    let required: ByteSet
    private let start: ByteSet
    private let end: UInt8
    /// States that stay in the set whatever components follow.
    private let absorbing: ByteSet
    /// Bytes in one of these lead to the same states always.
    private let classes: [ByteSet]
    /// For each byte the number of its class.
    private let classOfByte: [UInt8]
    /// For each class the states from which it leads anywhere: few of those in which a machine is.
    private let movers: [ByteSet]
    /// For each state all that is reached from it over any number of any bytes.
    private let behindAll: [ByteSet]
    /// The same for bytes that are no slash.
    private let behindName: [ByteSet]
    /// The states behind so many bytes of what every text begins with.
    private let behindBeginning: [ByteSet]
    private let steps: GlobSteps

    /// Nil where there would be too many states.
    init?(_ tokens: [GlobToken]) {
        var builder = GlobMachineBuilder()
        for token in tokens { builder.append(token) }
        guard let built = builder.build() else { return nil }
        beginning = if case .text(let bytes) = tokens.first { bytes } else { [] }
        ending = if case .text(let bytes) = tokens.last { bytes } else { [] }
        required = tokens.reduce(into: .empty) { required, token in
            guard case .text(let bytes) = token else { return }
            for byte in bytes { required.insert(byte) }
        }
        moves = built.moves.joined().map { Move(bytes: $0.bytes, targets: $0.targets) }
        firstMoves = built.moves.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        start = built.reached[0]
        end = built.end
        absorbing = built.absorbing
        classes = built.classes
        classOfByte = built.classOfByte
        movers = built.movers
        behindAll = built.reached(over: .all)
        behindName = built.reached(over: .inName)
        // What a text begins with has a state for each byte, and begins nowhere else.
        behindBeginning = (0...beginning.count).map { built.reached[$0] }
        steps = GlobSteps(tokens)
    }

    // MARK: Asking

    /// Whether some text of the language is in the set.
    func meets(_ language: GlobLanguage) -> Bool {
        if language.isEverything { return true }
        guard required.isSubset(of: language.bytes) else { return false }
        if let literal = language.literal {
            for index in 1..<min(literal.count, ending.count) + 1
            where literal[literal.count - index] != ending[ending.count - index] { return false }
            if let isMet = steps.match(literal) { return isMet }
        }
        let tokens = language.tokens
        if case .text(let bytes) = tokens.first {
            for index in 0..<min(bytes.count, beginning.count)
            where bytes[index] != beginning[index] { return false }
        }
        if case .text(let bytes) = tokens.last {
            for index in 1..<min(bytes.count, ending.count) + 1
            where bytes[bytes.count - index] != ending[ending.count - index] { return false }
        }
        var states = start
        var next = 0
        if case .text(let bytes) = tokens.first {
            // As far as both begin with text it is the same.
            let count = min(bytes.count, beginning.count)
            states = behindBeginning[count]
            for byte in bytes[count...] {
                if states.isEmpty { return false }
                states = step(states, over: byte)
            }
            next = 1
        }
        // Elements of a span are not copied, which takes as long as reading them.
        let span = tokens.span
        while next < span.count {
            if states.isEmpty { return false }
            states = advance(states, over: span[next])
            next += 1
        }
        return states.contains(end)
    }

    /// Whether each text of the language is in the set.
    ///
    /// `shortest` is one of the shortest of them, where somebody knows it.
    func holds(_ language: GlobLanguage, shortest: GlobLanguage? = nil) -> Bool {
        if language.isLiteral { return meets(language) }
        // Most languages are not in the set, and their shortest text shows it.
        guard meets(shortest ?? language.shortest) else { return false }
        var search = Inclusion(tokens: language.tokens)
        search.visit(Inclusion.Look(position: 0, phase: .before, states: start))
        while let look = search.popFirst() {
            guard look.position < search.tokens.count else {
                if look.states.contains(end) { continue }
                return false
            }
            if look.states.isEmpty { return false }
            let token = search.tokens[look.position]
            if case .below = token, search.isLast(look.position), look.phase == .before,
                look.states.intersects(absorbing)
            {
                continue
            }
            expand(look, token, in: &search)
            if search.isExhausted { return false }
        }
        return true
    }

    // MARK: Reading

    private func step(_ states: ByteSet, over byte: UInt8) -> ByteSet {
        var reached = ByteSet.empty
        let moving = states.intersection(movers[Int(classOfByte[Int(byte)])])
        for state in moving {
            for index in firstMoves[Int(state)]..<firstMoves[Int(state) + 1]
            where moves[index].bytes.contains(byte) {
                reached.formUnion(moves[index].targets)
            }
        }
        return reached
    }

    private func step(_ states: ByteSet, over bytes: ByteSet) -> ByteSet {
        var reached = ByteSet.empty
        for state in states {
            for index in firstMoves[Int(state)]..<firstMoves[Int(state) + 1]
            where moves[index].bytes.intersects(bytes) {
                reached.formUnion(moves[index].targets)
            }
        }
        return reached
    }

    private func advance(_ states: ByteSet, over token: GlobToken) -> ByteSet {
        switch token {
        case .text(let bytes):
            var states = states
            for byte in bytes {
                if states.isEmpty { break }
                states = step(states, over: byte)
            }
            return states
        case .one(let bytes): return step(states, over: bytes)
        case .many(let bytes): return closure(states, over: bytes)
        case .visible(let bytes):
            let first = bytes == .inName ? ByteSet.visibleStarts : bytes.withoutDot
            return states.union(closure(step(states, over: first), over: bytes))
        case .below:
            return states.union(closure(step(states, over: .slash), over: .all))
        }
    }

    /// All states that are reached over any number of bytes.
    private func closure(_ states: ByteSet, over bytes: ByteSet) -> ByteSet {
        if bytes == .all { return behind(states, behindAll) }
        if bytes == .inName { return behind(states, behindName) }
        var reached = states
        var fresh = states
        while !fresh.isEmpty {
            fresh = step(fresh, over: bytes).subtracting(reached)
            reached.formUnion(fresh)
        }
        return reached
    }

    private func behind(_ states: ByteSet, _ reached: [ByteSet]) -> ByteSet {
        var all = ByteSet.empty
        for state in states { all.formUnion(reached[Int(state)]) }
        return all
    }

    /// Goes on from one look by one token, or by one byte of it.
    private func expand(_ look: Inclusion.Look, _ token: GlobToken, in search: inout Inclusion) {
        let after = look.position + 1
        func go(_ states: ByteSet, to position: Int, _ phase: Inclusion.Phase = .before) {
            search.visit(Inclusion.Look(position: position, phase: phase, states: states))
        }
        func goOver(_ bytes: ByteSet, to position: Int, _ phase: Inclusion.Phase = .before) {
            for byteClass in classes {
                guard let byte = byteClass.intersection(bytes).first else { continue }
                go(step(look.states, over: byte), to: position, phase)
            }
        }
        switch (token, look.phase) {
        case (.text, _): go(advance(look.states, over: token), to: after)
        case (.one(let bytes), _): goOver(bytes, to: after)
        case (.many(let bytes), _):
            go(look.states, to: after)
            goOver(bytes, to: look.position)
        case (.visible(let bytes), let phase):
            go(look.states, to: after)
            let next = phase == .before ? bytes.withoutDot : bytes
            goOver(next, to: look.position, .component)
        case (.below, .slash):
            goOver(.inName, to: look.position, .component)
        case (.below, let phase):
            go(look.states, to: after)
            go(step(look.states, over: .slash), to: look.position, .slash)
            if phase == .component {
                goOver(.inName, to: look.position, .component)
            }
        }
    }
}

/// The sets of states that are still to be looked at, each once.
private struct Inclusion {
    /// Where within a token `below` or `visible`.
    enum Phase: Hashable {
        case before, slash, component
    }

    struct Look: Hashable {
        let position: Int
        let phase: Phase
        let states: ByteSet
    }

    /// So many are compared one by one, which takes less than hashing.
    private static let few = 16

    let tokens: [GlobToken]
    /// In the order in which they are looked at.
    private var looks: [Look] = []
    private var next = 0
    /// All of them, where there are more than a few.
    private var seen: Set<Look> = []

    init(tokens: [GlobToken]) { self.tokens = tokens }

    var isExhausted: Bool { looks.count > GlobMachine.maximumLooks }

    func isLast(_ position: Int) -> Bool { position == tokens.count - 1 }

    mutating func visit(_ look: Look) {
        if looks.count < Self.few {
            if looks.contains(look) { return }
        } else {
            if looks.count == Self.few { seen = Set(looks) }
            guard seen.insert(look).inserted else { return }
        }
        looks.append(look)
    }

    mutating func popFirst() -> Look? {
        guard next < looks.count else { return nil }
        defer { next += 1 }
        return looks[next]
    }
}

extension ByteSet {
    fileprivate static let visibleStarts = ByteSet.inName.withoutDot

    fileprivate var withoutDot: ByteSet { subtracting(ByteSet(UInt8(ascii: "."))) }
}
