/// A host and a port: `10.0.0.1:22`, `[2001:db8::1]:22`, `web1.example.org:22`.
package struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    package enum Host: Hashable, Sendable, CustomStringConvertible {
        case address(IPAddress)
        /// A name for the resolver, in lower case.
        case name(String)

        package var description: String {
            switch self {
            case .address(let address): address.description
            case .name(let name): name
            }
        }
    }

    package static let expected = "an address like `10.0.0.1:22`, `[2001:db8::1]:22` or `host:22`"

    package let host: Host
    package let port: UInt16

    /// Nil where the text is no such address; an IPv6 address needs its brackets.
    package init?(_ text: String, defaultPort: UInt16, mayUsePortZero: Bool = false) {
        let hostText: Substring
        let portText: Substring?
        if text.hasPrefix("[") {
            guard let bracket = text.firstIndex(of: "]") else { return nil }
            hostText = text[text.index(after: text.startIndex)..<bracket]
            let rest = text[text.index(after: bracket)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            portText = rest.isEmpty ? nil : rest.dropFirst()
            guard let address = IPAddress(String(hostText)), !address.isIPv4 else { return nil }
            host = .address(address)
        } else {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count) else { return nil }
            portText = parts.count == 2 ? parts[1] : nil
            if let address = IPAddress(String(parts[0])) {
                host = .address(address)
            } else if let name = Self.hostName(String(parts[0])) {
                host = .name(name)
            } else {
                return nil
            }
        }
        guard let portText else {
            port = defaultPort
            return
        }
        guard let port = UInt16(portText), String(port) == String(portText),
            port > 0 || mayUsePortZero
        else { return nil }
        self.port = port
    }

    /// RFC 1123 §2.1, with underscores; the last label is not a number, so that what fails to be an
    /// IPv4 address does not become a name.
    private static func hostName(_ text: String) -> String? {
        let name = text.lowercased()
        guard name.utf8.count <= 253 else { return nil }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        for label in labels {
            guard (1...63).contains(label.utf8.count), label.utf8.first != UInt8(ascii: "-"),
                label.utf8.last != UInt8(ascii: "-"),
                label.utf8.allSatisfy({
                    NameGrammar.isLowerOrDigit($0) || $0 == UInt8(ascii: "-")
                        || $0 == UInt8(ascii: "_")
                })
            else { return nil }
        }
        let isNumber = labels.last?.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        return isNumber == false ? name : nil
    }

    package var description: String {
        switch host {
        case .address(let address): address.isIPv4 ? "\(address):\(port)" : "[\(address)]:\(port)"
        case .name(let name): "\(name):\(port)"
        }
    }
}
