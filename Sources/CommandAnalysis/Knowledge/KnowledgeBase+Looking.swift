internal import ShellSyntax

extension KnowledgeBase {
    /// What is known of a variable, where setting it makes programs do something else.
    ///
    /// Of several patterns those that tell most of the name: `GIT_AUTHOR_*` is none of `GIT_*`.
    func variables(named name: ShellText) -> [VariablePattern] {
        let matching = variableIndex.matching(name)
        guard matching.count > 1 else { return matching }
        let longest = matching.map(\.name.utf8.count).max()
        return matching.filter { $0.name.utf8.count == longest }
    }

    /// Whether a program obeys nothing that nobody names to it.
    func readsNoSettings(_ program: ShellText) -> Bool {
        variables(named: "HOME").contains { $0.besides.contains(program) }
    }

    /// Whether programs in this directory are those that the knowledge is of.
    func isProgramDirectory(_ path: AbstractPath) -> Bool {
        directories.match(PathSubject(path, recursive: false)).match == .yes
    }

    /// Whether neither reading nor writing the file does anything.
    func isNothing(_ path: AbstractPath) -> Bool {
        // Nearly all of them are in `/dev`.
        guard path.root == .root, path.components.count >= 2,
            let first = path.components[0].literal, first == "dev" || first == "proc"
        else { return false }
        return path == Self.null ? isNullNothing : writeClasses.isNothing(path)
    }

    /// Whether a shell that reads the file does no more than set variables.
    func isSettings(_ path: AbstractPath) -> Bool {
        settings.match(PathSubject(path, recursive: false)).match == .yes
    }

    /// Whether nothing but a number stands in the file, which only the host writes.
    func isNumber(_ path: AbstractPath) -> Bool {
        numbers.match(PathSubject(path, recursive: false)).match == .yes
    }

    /// Whether the file may say what a build or a test does, for all that is known of its name.
    func mayDefineBuild(_ path: AbstractPath) -> Bool {
        let subject = PathSubject(path, recursive: false)
        return builds.contains(subject) { pattern, match in
            switch match {
            case .yes: true
            case .perhaps: pattern.isNamed(by: subject) && pattern.isNamedInPart(by: subject)
            case .no, .unknown: false
            }
        }
    }

    /// The classes that a path may be of, for reading or for anything else.
    func classes(
        of form: PathForm,
        forReading: Bool,
        forDeleting: Bool = false
    ) -> [(kind: PathClass, match: PatternMatch)] {
        let patterns = forReading ? readClasses : writeClasses
        return patterns.classes(
            of: form,
            forReading: forReading,
            forDeleting: forDeleting
        )
    }
}
