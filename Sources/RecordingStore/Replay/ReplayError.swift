internal import Glibc
internal import PlainText
package import Recording

/// Why a replay ended early.
package enum ReplayError: Error, Hashable, Sendable, CustomStringConvertible {
    case noRecording(path: String, CastError)
    case system(operation: String, path: String, code: Int32)
    /// The viewer's terminal or pipe is gone.
    case outputClosed

    package var description: String {
        switch self {
        case .noRecording(let path, let error): "`\(path.escapingControls())`: \(error)"
        case .system(let operation, let path, let code):
            unsafe "cannot \(operation) `\(path.escapingControls())`:"
                + " \(String(cString: strerror(code)).lowercased())"
        case .outputClosed: "the output was closed"
        }
    }
}
