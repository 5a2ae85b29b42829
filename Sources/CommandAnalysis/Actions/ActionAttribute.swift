/// What is told of an action beside its kind, by the names that rules and knowledge files use.
public enum ActionAttribute: String, Hashable, Sendable, CaseIterable {
    /// Files and directories.
    case path
    /// Whether all that is below a directory is meant.
    case recursive
    /// Whether a protection of the program is switched off.
    case force
    /// Whether everything of a kind is meant rather than what is named.
    case all
    /// Whether a condition bounds what is written or deleted.
    case bounded
    /// What exactly: a subcommand, `restart`, `scale`.
    case verb
    /// The permission bits or access list that is set.
    case mode
    /// The owner that is set.
    case owner
    case unit
    case signal
    /// The process, by number or name.
    case process
    case package
    /// The account that is changed or become.
    case account
    case group
    case host
    case port
    /// The whole address of a request.
    case url
    /// The method of a request: `GET`, `DELETE`.
    case method
    /// The product behind a language: `postgresql`, `mysql`, `redis`.
    case engine
    /// The kind of a statement: `select`, `drop`.
    case statement
    /// What the statement is about: a table, a database, a key.
    case object
    case database
    case container
    case image
    case volume
    case namespace
    case resource
    /// A service of a cloud: `s3`, `ec2`, `compute`.
    case service
    case name
    case branch
    case remote
    case language
    case schedule
    case module
    case variable

    /// Its place in `allCases`.
    @inlinable public var number: Int { Int(unsafe unsafeBitCast(self, to: UInt8.self)) }

    /// By its number, where that of its raw value would hash a string.
    public func hash(into hasher: inout Hasher) { hasher.combine(number) }

    /// What kind of value it has.
    public enum Kind: Hashable, Sendable {
        case texts, paths, flag
    }

    public var kind: Kind {
        switch self {
        case .path: .paths
        case .recursive, .force, .all, .bounded: .flag
        case .verb, .mode, .owner, .unit, .signal, .process, .package, .account, .group, .host,
            .port, .url, .method, .engine, .statement, .object, .database, .container, .image,
            .volume, .namespace, .resource, .service, .name, .branch, .remote, .language,
            .schedule, .module, .variable:
            .texts
        }
    }
}

/// What an attribute is, as far as the text tells.
public enum AttributeValue: Hashable, Sendable {
    /// Each of these; a text that is not literal may be anything that it can become.
    case texts([AbstractText])
    case paths([AbstractPath])
    case flag(Bool)
}
