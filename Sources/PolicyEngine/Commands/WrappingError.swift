/// Why a request cannot be carried to a target byte for byte.
package enum WrappingError: Error, Hashable, Sendable, CustomStringConvertible {
    case commandTooLong(bytes: Int)
    /// Quoting made it too long for one argument of `execve`.
    case wrappedTooLong(bytes: Int)
    /// No argument of a program can hold one.
    case containsNUL
    /// With `shell: none` nothing stands around the command line, and a certificate is never issued
    /// with an empty forced command.
    case emptyCommand
    /// tcsh drops some bytes that are no UTF-8 (tried: `FD BB 98 BA AA` before `80`).
    case notUTF8ForCsh
    case malformedEnvironment(name: String)
    /// The target has `shell: none`.
    case shellUnavailable
    /// The target has `sftp: none`.
    case sftpUnavailable

    package var description: String {
        switch self {
        case .commandTooLong(let bytes):
            "the command line of \(bytes) bytes exceeds the limit of "
                + "\(CommandLimits.commandLineBytes)"
        case .wrappedTooLong(let bytes):
            "the command line becomes \(bytes) bytes when quoted, which exceeds the limit of "
                + "\(CommandLimits.wrappedBytes)"
        case .containsNUL: "the command line holds a NUL, which no program can be given"
        case .emptyCommand: "the command line is empty, and this target has `shell: none`"
        case .notUTF8ForCsh:
            "the command line is not UTF-8, which the target's login shell (csh) does not carry "
                + "unchanged"
        case .malformedEnvironment: "a variable of the environment is malformed"
        case .shellUnavailable: "this target runs single commands only (`shell: none`)"
        case .sftpUnavailable: "this target has no file transfer (`sftp: none`)"
        }
    }
}
