import Glibc

/// A process is not confined as it must be, so it must not go on.
package enum ConfinementError: Error, Hashable, Sendable, CustomStringConvertible {
    case failed(_ what: String, code: CInt)
    case noMemory
    /// It is root, and nobody said whose it is to be.
    case isRoot
    case otherThreads(count: Int)

    static func failed(_ what: String) -> ConfinementError { .failed(what, code: errno) }

    package var description: String {
        switch self {
        case .failed(let what, let code):
            "the sandbox cannot be closed: \(what): \(Self.text(of: code))"
        case .noMemory: "the sandbox cannot be closed: there is no memory"
        case .isRoot: "the sandbox cannot be closed: the process is root, and got no account"
        case .otherThreads(let count):
            "the sandbox cannot be closed: there are \(count) threads, not one"
        }
    }

    private static func text(of code: CInt) -> String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}
