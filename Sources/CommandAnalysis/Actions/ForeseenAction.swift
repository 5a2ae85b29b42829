public import ShellSyntax

/// An action that a command line would have: what it is, who does it where, how sure that is, and
/// which part of the line says so.
///
/// An object, because it is handed on a dozen times until it is decided.
public final class ForeseenAction: Hashable, Sendable {
    public let action: Action
    public let certainty: Certainty
    /// At most one of each name, in the order in which they were found.
    public let attributes: [Attribute]
    public let context: ActionContext
    /// In the command line that was asked about.
    public let range: SourceRange

    public struct Attribute: Hashable, Sendable {
        public let name: ActionAttribute
        public let value: AttributeValue

        public init(_ name: ActionAttribute, _ value: AttributeValue) {
            self.name = name
            self.value = value
        }
    }

    public init(
        _ action: Action,
        _ certainty: Certainty,
        attributes: [Attribute] = [],
        context: ActionContext,
        range: SourceRange
    ) {
        self.action = action
        self.certainty = certainty
        self.attributes = attributes
        self.context = context
        self.range = range
    }

    public subscript(_ name: ActionAttribute) -> AttributeValue? {
        for index in attributes.indices where attributes[index].name == name {
            return attributes[index].value
        }
        return nil
    }

    public func has(_ name: ActionAttribute) -> Bool {
        for index in attributes.indices where attributes[index].name == name { return true }
        return false
    }

    /// Whether an attribute is this one text.
    public func has(_ name: ActionAttribute, _ text: ShellText) -> Bool {
        guard case .texts(let texts)? = self[name], texts.count == 1 else { return false }
        return texts[0].literal == text
    }

    /// Whether a flag is set.
    public func isSet(_ name: ActionAttribute) -> Bool {
        if case .flag(let flag)? = self[name] { flag } else { false }
    }

    // Two of a line mostly differ in where they stand.
    public static func == (left: ForeseenAction, right: ForeseenAction) -> Bool {
        left === right
            || left.range == right.range && left.action == right.action
                && left.certainty == right.certainty && left.attributes == right.attributes
                && left.context == right.context
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(action)
        hasher.combine(certainty)
        hasher.combine(attributes)
        hasher.combine(context)
        hasher.combine(range)
    }
}

/// What holds for every action of one program that runs.
public struct ActionContext: Hashable, Sendable {
    /// The program's base name, where it is known.
    public let program: ShellText?
    public let identity: ProcessIdentity
    public let place: Place
    /// What runs it, from the outside: `sudo`, `sh`, `xargs`.
    public let wrappers: [ShellText]

    public init(
        program: ShellText?,
        identity: ProcessIdentity,
        place: Place,
        wrappers: [ShellText]
    ) {
        self.program = program
        self.identity = identity
        self.place = place
        self.wrappers = wrappers
    }
}

/// As which account a program runs.
public enum ProcessIdentity: Hashable, Sendable {
    /// The one that the request is for.
    case login
    /// Another one of the same place, `root` included.
    case account(ShellText)
    /// One that the text does not tell.
    case unknown
}

/// Where a program runs.
public enum Place: Hashable, Sendable {
    /// The target.
    case target
    /// Inside of something on or behind the target.
    case within(Kind, name: AbstractText)

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case host, container, pod, machine, cloud
    }
}
