/// A limit as `docs/limits.md` writes it: in the greatest unit that needs no fraction.
package enum WrittenLimit {
    package static func count(_ value: some BinaryInteger) -> String {
        let digits = Array(String(value))
        let groups = stride(from: digits.count, to: 0, by: -3).map {
            String(digits[max(0, $0 - 3)..<$0])
        }
        return groups.reversed().joined(separator: ",")
    }

    package static func bytes(_ value: some BinaryInteger) -> String {
        let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")].map { (size: 1 << $0.0, name: $0.1) }
        let unit = units.first { value > 0 && Int(value) % $0.size == 0 } ?? (1, "bytes")
        return "\(count(Int(value) / unit.size)) \(unit.name)"
    }

    package static func microseconds(_ value: some BinaryInteger) -> String {
        let units = [
            (86_400_000_000, "d"), (60_000_000, "min"), (1_000_000, "s"), (1000, "ms"),
        ].map { (size: $0.0, name: $0.1) }
        // One minute is 60 s: people set these numbers in seconds.
        let unit = units.first { value > $0.size && Int(value) % $0.size == 0 }
        let exact = units.first { Int(value) % $0.size == 0 && $0.size <= 1_000_000 }
        let chosen = unit ?? exact ?? (1, "µs")
        return "\(count(Int(value) / chosen.size)) \(chosen.name)"
    }

    package static func nanoseconds(_ value: some BinaryInteger) -> String {
        microseconds(Int(value) / 1000)
    }

    package static func milliseconds(_ value: some BinaryInteger) -> String {
        microseconds(Int(value) * 1000)
    }

    package static func seconds(_ value: some BinaryInteger) -> String {
        milliseconds(Int(value) * 1000)
    }

    package static func time(_ value: Duration) -> String {
        nanoseconds(
            value.components.seconds * 1_000_000_000 + value.components.attoseconds / 1_000_000_000
        )
    }

    package static func counts(_ range: ClosedRange<Int>) -> String {
        "\(count(range.lowerBound)) to \(count(range.upperBound))"
    }

    package static func times(_ range: ClosedRange<Duration>) -> String {
        "\(time(range.lowerBound)) to \(time(range.upperBound))"
    }
}
