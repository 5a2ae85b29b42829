extension AbstractPath {
    /// The path as an argument; nil where its beginning is not known.
    var text: AbstractText? {
        var text: AbstractText
        switch root {
        case .root: text = components.isEmpty ? "/" : .empty
        case .known(let directory): text = AbstractText([.directory(directory)])
        case .unknown: return nil
        }
        for _ in 0..<levelsUp { text.append("/..") }
        for component in components {
            text.append("/")
            text.append(component)
        }
        return text
    }

    /// The directory in which it is.
    var parent: AbstractPath {
        AbstractPath(root: root, components: components.dropLast(), levelsUp: levelsUp)
    }
}
