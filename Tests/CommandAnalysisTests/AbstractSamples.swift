import CommandAnalysis
import ShellSyntax

extension AbstractText {
    static var unknown: AbstractText { AbstractText(UnknownText(.text, from: .variable("X"))) }
    static var digits: AbstractText { AbstractText(UnknownText(.digits, from: .output)) }
    static var name: AbstractText { AbstractText(UnknownText(.name, from: .output)) }
    static var relative: AbstractText { AbstractText(UnknownText(.relativePath, from: .output)) }
    static var star: AbstractText { AbstractText([.wildcard(.anyText)]) }
    static var character: AbstractText { AbstractText([.wildcard(.anyCharacter)]) }
    /// One of the letters `a` to `z`.
    static var letters: AbstractText {
        var set = Wildcard.CharacterSet()
        for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { set.insert(byte) }
        return AbstractText([.wildcard(.oneOf(set))])
    }

    /// For the message of an expectation that fails.
    var shown: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text.description
            case .unknown(let unknown): "<\(unknown.shape)>"
            case .wildcard(.anyText): "*"
            case .wildcard(.anyCharacter): "?"
            case .wildcard(.oneOf): "[]"
            case .directory(let directory): "<\(directory)>"
            }
        }.joined()
    }
}

extension AbstractPath {
    static func absolute(_ components: AbstractText...) -> AbstractPath {
        AbstractPath(root: .root, components: components)
    }

    static func start(_ components: AbstractText...) -> AbstractPath {
        AbstractPath(root: .known(.start), components: components)
    }

    static func home(_ account: ShellText?, _ components: AbstractText...) -> AbstractPath {
        AbstractPath(root: .known(.home(account)), components: components)
    }

    static func somewhere(_ components: AbstractText...) -> AbstractPath {
        AbstractPath(root: .unknown, components: components)
    }

    var shown: String {
        let up = String(repeating: "/..", count: levelsUp)
        return "\(root)" + up + components.map { "/" + $0.shown }.joined()
    }
}
