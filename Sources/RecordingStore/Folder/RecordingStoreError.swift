internal import Glibc
internal import PlainText
package import Recording

/// What is wrong with the folder of recordings, or with one of them.
package enum RecordingStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    case invalidSession(String)
    /// Of no recording.
    case invalidPlace(String)
    /// Others than the owner may look into a folder.
    case exposedFolder(path: String, mode: UInt32)
    case foreignFolder(path: String, owner: UInt32)
    case alreadyExists(path: String)
    case noRegularFile(path: String)
    case unreadable(path: String, CastError)
    /// No whole event line within this many bytes of the end.
    case noEventNearEnd(path: String, limit: Int)
    case tooManyTornFiles(path: String, limit: Int)
    case system(operation: String, path: String, code: Int32)

    package var description: String {
        switch self {
        case .invalidSession(let text):
            "`\(text.escapingControls())` is no session id: `s-` and 12 of 0-9, a-z without i, l,"
                + " o, u are expected"
        case .invalidPlace(let text):
            "`\(text.escapingControls())` is not the place of a recording: `YYYY/MM/DD/s-….cast`"
        case .exposedFolder(let path, let mode):
            "`\(path.escapingControls())` has mode 0\(String(mode, radix: 8)) and is open to"
                + " others: make it 0700"
        case .foreignFolder(let path, let owner):
            "`\(path.escapingControls())` belongs to user \(owner), not to us"
        case .alreadyExists(let path): "`\(path.escapingControls())` exists already"
        case .noRegularFile(let path): "`\(path.escapingControls())` is no regular file"
        case .unreadable(let path, let error): "`\(path.escapingControls())`: \(error)"
        case .noEventNearEnd(let path, let limit):
            "`\(path.escapingControls())` has no whole event in its last \(limit) bytes: it is"
                + " left as it is"
        case .tooManyTornFiles(let path, let limit):
            "`\(path.escapingControls())` was cut \(limit) times already: move its torn files away"
        case .system(let operation, let path, let code):
            unsafe "cannot \(operation) `\(path.escapingControls())`:"
                + " \(String(cString: strerror(code)).lowercased())"
        }
    }
}
