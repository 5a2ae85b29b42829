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
        let classes = classes(of: path, isRecursive: false, forReading: false)
        return classes.first.map { $0.kind == .nothing && $0.match == .yes } ?? false
    }

    /// Whether a shell that reads the file does no more than set variables.
    func isSettings(_ path: AbstractPath) -> Bool {
        settings.match(PathSubject(path, recursive: false)).match == .yes
    }

    /// Whether nothing but a number stands in the file, which only the host writes.
    func isNumber(_ path: AbstractPath) -> Bool {
        paths[.number]?.contains { $0.match(path, recursive: false) == .yes } ?? false
    }

    /// The classes that a path may be of, for reading or for anything else.
    ///
    /// The most specific pattern that certainly matches says what it is; what a more specific one says
    /// that only may match is possible.
    func classes(
        of path: AbstractPath,
        isRecursive: Bool,
        forReading: Bool,
        forDeleting: Bool = false
    ) -> [(kind: PathClass, match: PatternMatch)] {
        let subject = PathSubject(path, recursive: isRecursive)
        let isFoundByName = forDeleting && path.isFoundByName
        // What a pattern only may match counts where the path says enough of its name.
        func isMeant(_ pattern: PathPattern) -> Bool {
            // All below a directory may be of any kind; only what is written out counts there.
            if isRecursive, forReading, pattern.hasAnyDepth { return false }
            // So for files that are deleted by their names, wherever they are found.
            if isFoundByName, pattern.components.last == .any { return false }
            return pattern.isNamed(by: subject) && pattern.isNamedInPart(by: subject)
        }
        var found: [(kind: PathClass, match: PatternMatch)] = []
        let classified = forReading ? readClasses : writeClasses
        let sieve = PatternSieve(
            subject,
            of: classified,
            forReading: forReading,
            isFoundByName: isFoundByName
        )
        for number in classified.list.likelyCandidates(for: subject) {
            let required = classified.list.required[number]
            if subject.isExact {
                if !required.isSubset(of: subject.language.bytes) { continue }
            } else if !sieve.passes(classified.outlines[number], requiring: required) {
                continue
            }
            let pattern = classified.list.patterns[number]
            if !subject.isExact, !pattern.mayHold(subject), !isMeant(pattern) { continue }
            let kind = classified.kinds[number]
            switch pattern.match(subject) {
            case .yes:
                if !found.contains(where: { $0.kind == kind && $0.match == .yes }) {
                    found.removeAll { $0.kind == kind }
                    found.append((kind, .yes))
                }
                // All that is below a directory may be of several classes.
                if !isRecursive { return found }
            case .perhaps:
                if isMeant(pattern), !found.contains(where: { $0.kind == kind }) {
                    found.append((kind, .perhaps))
                }
            case .no, .unknown: continue
            }
        }
        return found
    }
}

extension AbstractPath {
    /// Whether it is any file of a known name below a directory.
    fileprivate var isFoundByName: Bool {
        guard components.count >= 2, components.last?.hasUnknown == false else { return false }
        return components.dropLast().contains { component in
            component.pieces.contains { piece in
                if case .unknown(let unknown) = piece {
                    unknown.shape == .relativePath
                } else {
                    false
                }
            }
        }
    }
}
