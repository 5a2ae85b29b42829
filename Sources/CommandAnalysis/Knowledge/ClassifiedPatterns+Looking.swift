internal import ShellSyntax

extension ClassifiedPatterns {
    /// Whether neither reading nor writing the file does anything.
    func isNothing(_ path: AbstractPath) -> Bool {
        let form = PathForm(path, recursive: false)
        let classes = classes(of: form, forReading: false, forDeleting: false)
        return classes.first.map { $0.kind == .nothing && $0.match == .yes } ?? false
    }

    /// The classes that a path may be of.
    ///
    /// The most specific pattern that certainly matches says what it is; what a more specific one says
    /// that only may match is possible.
    func classes(
        of form: PathForm,
        forReading: Bool,
        forDeleting: Bool
    ) -> [(kind: PathClass, match: PatternMatch)] {
        let subject = PathSubject(form)
        let isRecursive = form.isRecursive
        let isFoundByName = forDeleting && form.path.isFoundByName
        // What a pattern only may match counts where the path says enough of its name.
        func isMeant(_ pattern: PathPattern) -> Bool {
            // All below a directory may be of any kind; only what is written out counts there.
            if isRecursive, forReading, pattern.hasAnyDepth { return false }
            // So for files that are deleted by their names, wherever they are found.
            if isFoundByName, pattern.components.last == .any { return false }
            return pattern.isNamed(by: subject) && pattern.isNamedInPart(by: subject)
        }
        var found: [(kind: PathClass, match: PatternMatch)] = []
        let shortest = subject.isExact ? subject.language : subject.shortest
        let sieve =
            subject.isExact
            ? nil
            : PatternSieve(
                subject,
                of: self,
                forReading: forReading,
                isFoundByName: isFoundByName
            )
        let glance = subject.glance
        for number in list.likelyCandidates(for: subject) {
            guard list.mayMatch(number, glance) else { continue }
            if let sieve, !sieve.passes(outlines[number]) { continue }
            let pattern = list.patterns[number]
            if !subject.isExact, !pattern.mayHold(subject, shortest: shortest), !isMeant(pattern) {
                continue
            }
            let kind = kinds[number]
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
