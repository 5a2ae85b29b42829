internal import CommandAnalysis
internal import ShellSyntax

/// An action with at most one value of each attribute.
///
/// An action with several values of an attribute counts as one action for each value, so that
/// another value never makes a decision milder.
struct UnitAction {
    let foreseen: ForeseenAction
    /// The value of the attribute `path`, ready to be held against patterns.
    let path: PathSubject?

    private init(_ foreseen: ForeseenAction, _ subjects: inout PathSubjects) {
        self.foreseen = foreseen
        guard case .paths(let paths) = foreseen[.path], let path = paths.first else {
            self.path = nil
            return
        }
        var isRecursive = false
        if case .flag(let flag) = foreseen[.recursive] { isRecursive = flag }
        self.path = subjects.subject(of: path, isRecursive: isRecursive)
    }

    /// The action itself; nil where an attribute has several values, or none.
    init?(single action: ForeseenAction, _ subjects: inout PathSubjects) {
        guard action.attributes.allSatisfy({ $0.value.count == 1 }) else { return nil }
        self.init(action, &subjects)
    }

    /// One for each value; nil where there would be more than so many.
    static func units(
        of action: ForeseenAction,
        _ subjects: inout PathSubjects,
        atMost limit: Int
    ) -> [UnitAction]? {
        var combinations: [[ForeseenAction.Attribute]] = [[]]
        for attribute in action.attributes {
            let values = attribute.value.single
            // Nothing at all is as if the attribute were not there.
            if values.isEmpty { continue }
            guard combinations.count * values.count <= limit else { return nil }
            combinations = combinations.flatMap { earlier in
                values.map { earlier + [ForeseenAction.Attribute(attribute.name, $0)] }
            }
        }
        return combinations.map { attributes in
            UnitAction(
                ForeseenAction(
                    action.action,
                    action.certainty,
                    attributes: attributes,
                    context: action.context,
                    range: action.range
                ),
                &subjects
            )
        }
    }
}

/// Makes paths ready to be held against patterns.
struct PathSubjects {
    private let login: ShellText
    /// What some of the paths may be, from whoever foresaw the actions.
    private let forms: [PathForm]
    /// The last of them: most actions on a path follow another one on it.
    private var last: PathSubject?

    init(login: ShellText, forms: [PathForm]) {
        self.login = login
        self.forms = forms
    }

    mutating func subject(of path: AbstractPath, isRecursive: Bool) -> PathSubject {
        if let last, last.isRecursive == isRecursive, last.path == path { return last }
        let form =
            forms.first { $0.isRecursive == isRecursive && $0.path == path }
            ?? PathForm(path, recursive: isRecursive)
        let subject = PathSubject(form, login: login)
        last = subject
        return subject
    }
}

extension AttributeValue {
    fileprivate var count: Int {
        switch self {
        case .texts(let texts): texts.count
        case .paths(let paths): paths.count
        case .flag: 1
        }
    }

    /// Each value by itself.
    fileprivate var single: [AttributeValue] {
        switch self {
        case .texts(let texts): texts.map { .texts([$0]) }
        case .paths(let paths): paths.map { .paths([$0]) }
        case .flag: [self]
        }
    }
}
