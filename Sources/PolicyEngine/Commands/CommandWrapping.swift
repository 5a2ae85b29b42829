/// Makes the forced command of a certificate out of what was asked.
///
/// sshd gives it to the account's login shell with `-c`. That shell must do nothing but become the
/// program at the end, so everything the client wrote is quoted, programs have absolute paths, and
/// what runs a start-up file is taken out of the environment.
package enum CommandWrapping {
    /// A login shell, with or without a terminal; what it runs is decided by what it is, not by what
    /// is typed into it.
    package static let loginShell = #"exec "$SHELL" -l"#

    /// The forced command for a request.
    package static func forcedCommand(
        for kind: RequestKind,
        commandLine: [UInt8],
        environment: [EnvironmentAssignment],
        on target: Target
    ) throws(WrappingError) -> [UInt8] {
        switch kind {
        case .exec:
            return try exec(commandLine, environment: environment, on: target)
        case .shell, .terminal:
            guard target.shell != .none else { throw .shellUnavailable }
            return Array(loginShell.utf8)
        case .sftp:
            guard let sftp = target.sftp else { throw .sftpUnavailable }
            return Array(sftp.utf8)
        }
    }

    /// The forced command for a command line.
    ///
    /// With `shell: none` it is the bytes as they are, and no variable travels.
    package static func exec(
        _ commandLine: [UInt8],
        environment: [EnvironmentAssignment],
        on target: Target
    ) throws(WrappingError) -> [UInt8] {
        guard commandLine.count <= CommandLimits.commandLineBytes else {
            throw .commandTooLong(bytes: commandLine.count)
        }
        guard !commandLine.contains(0) else { throw .containsNUL }
        switch target.shell {
        case .none:
            guard !commandLine.isEmpty else { throw .emptyCommand }
            return commandLine
        case .program(let path):
            return try wrap(
                commandLine,
                environment: environment,
                shell: path + (target.shell.isBash ? " --noprofile --norc -p" : ""),
                family: target.loginShell
            )
        }
    }

    private static func wrap(
        _ commandLine: [UInt8],
        environment: [EnvironmentAssignment],
        shell: String,
        family: LoginShellFamily
    ) throws(WrappingError) -> [UInt8] {
        var wrapped = Array("exec /usr/bin/env -u BASH_ENV -u ENV ".utf8)
        wrapped.reserveCapacity(wrapped.count + commandLine.count + 256)
        for variable in environment {
            guard EnvironmentAssignment.isName(variable.name) else {
                throw .malformedEnvironment(name: variable.name)
            }
            wrapped += Array("\(variable.name)=".utf8)
            wrapped += try ShellQuoting.quote(variable.value, for: family)
            wrapped.append(UInt8(ascii: " "))
        }
        wrapped += Array("\(shell) -c ".utf8)
        wrapped += try ShellQuoting.quote(commandLine, for: family)
        guard wrapped.count <= CommandLimits.wrappedBytes else {
            throw .wrappedTooLong(bytes: wrapped.count)
        }
        return wrapped
    }
}
