package import ShellSyntax

/// An action that a command line would have: what it is, who does it where, how sure that is, and
/// which part of the line says so.
///
/// An object, because it is handed on a dozen times until it is decided.
package final class ForeseenAction: Hashable, Sendable {
    package let action: Action
    package let certainty: Certainty
    /// At most one of each name, in the order in which they were found.
    package let attributes: [Attribute]
    package let context: ActionContext
    /// In the command line that was asked about.
    package let range: SourceRange

    package struct Attribute: Hashable, Sendable {
        package let name: ActionAttribute
        package let value: AttributeValue

        package init(_ name: ActionAttribute, _ value: AttributeValue) {
            self.name = name
            self.value = value
        }
    }

    package init(
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

    package subscript(_ name: ActionAttribute) -> AttributeValue? {
        for attribute in attributes where attribute.name == name { return attribute.value }
        return nil
    }

    package func has(_ name: ActionAttribute) -> Bool {
        for index in attributes.indices where attributes[index].name == name { return true }
        return false
    }

    /// Whether an attribute is this one text.
    package func has(_ name: ActionAttribute, _ text: ShellText) -> Bool {
        guard case .texts(let texts)? = self[name], texts.count == 1 else { return false }
        return texts[0].literal == text
    }

    /// Whether a flag is set.
    package func isSet(_ name: ActionAttribute) -> Bool {
        if case .flag(let flag)? = self[name] { flag } else { false }
    }

    // Two of a line mostly differ in where they stand.
    package static func == (left: ForeseenAction, right: ForeseenAction) -> Bool {
        left === right
            || left.range == right.range && left.action == right.action
                && left.certainty == right.certainty && left.attributes == right.attributes
                && left.context == right.context
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(action)
        hasher.combine(certainty)
        hasher.combine(attributes)
        hasher.combine(context)
        hasher.combine(range)
    }
}

/// What holds for every action of one program that runs.
package struct ActionContext: Hashable, Sendable {
    /// The program's base name, where it is known.
    package let program: ShellText?
    package let identity: ProcessIdentity
    package let place: Place
    /// What runs it, from the outside: `sudo`, `sh`, `xargs`.
    package let wrappers: [ShellText]

    package init(
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
package enum ProcessIdentity: Hashable, Sendable {
    /// The one that the request is for.
    case login
    /// Another one of the same place, `root` included.
    case account(ShellText)
    /// One that the text does not tell.
    case unknown
}

/// Where a program runs.
package enum Place: Hashable, Sendable {
    /// The target.
    case target
    /// Inside of something on or behind the target.
    case within(Kind, name: AbstractText)

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case host, container, pod, machine, cloud
    }
}
