/// SplitMix64: the same numbers for the same seed, so that a failure can be repeated.
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }

    /// A neighbour of `bytes`: a few flipped, lost, doubled or cut off.
    package mutating func mutation(of bytes: [UInt8]) -> [UInt8] {
        var mutant = bytes
        for _ in 0...Int.random(in: 0..<3, using: &self) where !mutant.isEmpty {
            let index = Int.random(in: mutant.indices, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: mutant[index] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 1: mutant[index] = UInt8.random(in: 0...255, using: &self)
            case 2: mutant[index] = [0, 1, 0x7f, 0x80, 0xff][index % 5]
            case 3: mutant.removeSubrange(index...)
            case 4: mutant.remove(at: index)
            default: mutant.insert(contentsOf: mutant[index...].prefix(9), at: index)
            }
        }
        return mutant
    }
}
