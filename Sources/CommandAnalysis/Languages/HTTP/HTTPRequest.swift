import ShellSyntax

/// A request of a program such as `curl`, as far as the command line tells it.
public struct HTTPRequest: Hashable, Sendable {
    public let method: AbstractText
    public let url: AbstractText
    /// Lines such as `X-HTTP-Method-Override: DELETE`.
    public let headers: [AbstractText]
    /// What is sent; nil where nothing is.
    public let body: AbstractText?
    /// The path of the socket that takes the place of host and port.
    public let socket: AbstractText?

    public init(
        method: AbstractText,
        url: AbstractText,
        headers: [AbstractText] = [],
        body: AbstractText? = nil,
        socket: AbstractText? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.socket = socket
    }

    /// What the request does: to the network, and to the service behind it where that is known.
    ///
    /// A service is known by its port, its socket, or paths that only it has. Where the address is
    /// not known there is nothing but the connection.
    public var findings: CodeFindings {
        let address = HTTPAddress(url)
        var reader = HTTPReader(self, address)
        if socket == nil { reader.addConnection(effectiveMethod(address)) }
        readService(&reader)
        return reader.collector.findings
    }

    /// What the service behind the address does; and what a request of another method would be that
    /// does as much.
    var ofService: [CodeEffect] {
        let address = HTTPAddress(url)
        let isOrder = effectiveMethod(address) != method
        return findings.effects.filter { effect in
            guard case .action(.networkConnect, _) = effect.kind else { return true }
            return isOrder
        }
    }

    /// The method of a request that has a body and changes nothing, whatever carries it.
    static let query: AbstractText = "QUERY"

    /// What the method of others would be that do as much.
    private func effectiveMethod(_ address: HTTPAddress) -> AbstractText {
        if onlyAsks { return Self.query }
        return address.acts && effectiveMethods.allSatisfy(Self.asking.contains) ? "POST" : method
    }

    private static let asking: Set = ["GET", "HEAD", "OPTIONS"]

    /// Whether it is a POST that a service answers as it does a GET: a search.
    var onlyAsks: Bool {
        guard method.literal == "POST", effectiveMethods == ["POST"] else {
            return false
        }
        var reader = HTTPReader(self, HTTPAddress(url))
        readService(&reader)
        let effects = reader.collector.findings.effects
        return !effects.isEmpty && reader.isPlaceOfSearches
            && effects.allSatisfy { effect in
                guard case .action(.databaseRead, _) = effect.kind else { return false }
                return effect.certainty == .certain
            }
    }

    private func readService(_ reader: inout HTTPReader) {
        let methods = effectiveMethods
        for method in methods {
            reader.certainty = methods.count > 1 ? .possible : .certain
            reader.readService(method)
        }
    }

    /// The methods that the service may see, in capitals.
    private var effectiveMethods: [String] {
        let all = ["GET", "POST", "PUT", "PATCH", "DELETE"]
        // Many services take the method from a header of the request.
        let overrides = headers.compactMap { header -> String? in
            let line = header.keyword
            for name in ["x-http-method-override:", "x-http-method:", "x-method-override:"]
            where line.hasPrefix(name) {
                return line.dropFirst(name.count).filter { $0 != " " }.uppercased()
            }
            return nil
        }
        if let override = overrides.last { return [override] }
        guard let literal = method.literal else { return all }
        return [literal.description.uppercased()]
    }
}

/// What a service sees of a request, and what is found in it.
struct HTTPReader {
    let request: HTTPRequest
    let address: HTTPAddress
    var collector = EffectCollector()
    var certainty = Certainty.certain

    init(_ request: HTTPRequest, _ address: HTTPAddress) {
        self.request = request
        self.address = address
    }

    mutating func addConnection(_ method: AbstractText) {
        var attributes = [ForeseenAction.Attribute(.host, .texts([address.host]))]
        if let port = address.port { attributes.append(.init(.port, text: String(port))) }
        attributes.append(.init(.url, .texts([request.url])))
        attributes.append(.init(.method, .texts([method])))
        collector.add(.action(.networkConnect, attributes), .certain, at: nil)
    }

    mutating func readService(_ method: String) {
        if readMetadata() || readHeap() { return }
        if readDocker(method) { return }
        if readKubernetes(method) { return }
        if readPrometheus(method) { return }
        if readRabbit(method) { return }
        if readConsul(method) || readVault(method) || readEtcd(method) { return }
        if readClickHouse() { return }
        _ = readElasticsearch(method)
    }

    // MARK: - Effects

    mutating func add(
        _ action: Action,
        _ attributes: [ForeseenAction.Attribute],
        _ limit: Certainty = .certain
    ) {
        let isCertain = certainty == .certain && limit == .certain && address.isKnown
        collector.add(.action(action, attributes), isCertain ? .certain : .possible, at: nil)
    }

    mutating func add(_ effect: DatabaseEffect, _ limit: Certainty = .certain) {
        var effect = effect
        effect.host = address.host
        let isCertain = certainty == .certain && limit == .certain && address.isKnown
        collector.add(effect.kind, isCertain ? .certain : .possible, at: nil)
    }

    // MARK: - The path

    /// A component in ASCII; empty where there is none or it is not known.
    ///
    /// The last one of no path has the index -1.
    func name(_ index: Int) -> String {
        address.names.indices.contains(index) ? address.names[index] : ""
    }

    func text(_ index: Int) -> AbstractText {
        address.path.indices.contains(index) ? address.path[index] : .notComputed
    }

    var count: Int { address.path.count }
}
