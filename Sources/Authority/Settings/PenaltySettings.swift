package import SSHWire
import StrictYAML

/// How sources are treated from which connections come to nothing; the words are those of
/// `PerSourcePenalties` in sshd_config(5).
package struct PenaltySettings: Hashable, Sendable {
    /// What happens when no more sources can be kept.
    package enum Overflow: String, Hashable, Sendable, CaseIterable {
        /// Those whose time is over soonest are forgotten.
        case permissive
        /// Nobody else is let in.
        case denyAll = "deny-all"
    }

    package var crash = Duration.seconds(90)
    package var authfail = Duration.seconds(5)
    package var noauth = Duration.seconds(1)
    package var graceExceeded = Duration.seconds(10)
    /// Below it nothing is refused.
    package var minimum = Duration.seconds(15)
    package var maximum = Duration.seconds(600)
    /// Of IPv4 and of IPv6 each.
    package var maximumSources = 65_536
    package var overflow = Overflow.permissive
    /// Where nothing is held against anybody.
    package var exempt: [AddressRange] = []

    package init() {}
}

/// Reads `penalties`.
enum PenaltiesReader {
    static let keys = [
        "crash", "authfail", "noauth", "grace-exceeded", "min", "max", "max-sources", "overflow",
        "exempt",
    ]
    /// LIMIT: what one failure may cost, and all together.
    static let longestSeconds: Int64 = 86_400

    static func read(_ field: YAMLField) -> PenaltySettings? {
        guard let entry = field.mapping(keys) else { return nil }
        var settings = PenaltySettings()
        func duration(_ key: String, _ least: Int64, _ value: inout Duration) {
            let range = Duration.seconds(least) ... .seconds(longestSeconds)
            value = entry.optional(key)?.duration(in: range) ?? value
        }
        duration("crash", 0, &settings.crash)
        duration("authfail", 0, &settings.authfail)
        duration("noauth", 0, &settings.noauth)
        duration("grace-exceeded", 0, &settings.graceExceeded)
        duration("min", 1, &settings.minimum)
        duration("max", 1, &settings.maximum)
        settings.maximumSources =
            entry.optional("max-sources")?.integer(in: 1...1_000_000) ?? settings.maximumSources
        settings.overflow = entry.optional("overflow")?.choice() ?? settings.overflow
        settings.exempt = entry.optional("exempt").map(AddressRangesReader.read) ?? []
        if settings.minimum > settings.maximum {
            (entry.optional("min") ?? entry.optional("max"))?.refuse("must not exceed `max`")
        }
        return settings
    }
}

/// Reads `proxy-protocol`.
enum ProxyProtocolReader {
    static let keys = ["from"]

    static func read(_ field: YAMLField) -> [AddressRange] {
        guard let entry = field.mapping(keys), let from = entry.required("from") else { return [] }
        let ranges = AddressRangesReader.read(from)
        if ranges.contains(where: { $0.prefixBits == 0 }) {
            from.refuse("must not be everybody, who could then pass for anybody")
        }
        return ranges
    }
}

/// Reads a list of addresses and networks.
enum AddressRangesReader {
    /// LIMIT: ranges of one list; each connection is compared with all of them.
    static let maximumCount = AddressRange.maximumListCount

    static func read(_ field: YAMLField) -> [AddressRange] {
        guard let items = field.items() else { return [] }
        guard items.count <= maximumCount else {
            field.refuse("exceeds the limit of \(maximumCount) items")
            return []
        }
        return items.compactMap { item in
            item.text("an address or a network like `10.0.0.0/8` or `2001:db8::/32`") {
                (text: String) -> AddressRange? in
                do { return try AddressRange(parsing: text) } catch { return nil }
            }
        }
    }
}
