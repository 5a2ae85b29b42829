/// What a function does that code calls by its name.
enum KnownCall: Hashable, Sendable {
    /// Computes only, or prints.
    case harmless
    /// The first argument is text for a shell; what follows is not looked at.
    case shell
    /// The same, with a mode: the code writes to the command where it begins with `w`.
    case pipe
    /// The arguments are a program and its arguments; a single text is text for a shell.
    case shellOrProgram
    /// The arguments, or the list that is the first of them, are a program and its arguments.
    case program
    /// The program, then its arguments from the zeroth on, separate or as a list.
    case replacement
    case file(FileUse, FileOperands)
    /// A file that goes from the first name to the second one.
    case move
    /// Makes a link: whoever writes to one of the two writes to the other.
    case link
    case copy
    /// A file and a mode, which is that of the C library.
    case open
    /// The first argument is a host, or an address that begins with one.
    case connect
    case url
    /// The second argument is the file to which the first one is fetched.
    case download
    /// A signal to processes.
    case signal(SignalOperands)
    /// Does what cannot be told.
    case opaque
}

/// What is done with a file.
enum FileUse: Hashable, Sendable {
    case read, write, delete, deleteTree, permission
    /// Made where there is none, and held; nothing is written into it.
    case lock
}

/// In which order a signal and the numbers of processes are.
enum SignalOperands: Hashable, Sendable {
    /// The number of a process, then the signal.
    case processFirst
    /// The signal, then any number of processes.
    case signalFirst
}

/// Which arguments are names of files.
enum FileOperands: Hashable, Sendable {
    case first, second, all
    /// All but the first.
    case rest
    /// All but the first two.
    case behindTwo
}
