#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs a program with exactly these bytes as arguments and environment, and gives back what it
/// writes to its standard output; nil where it cannot be run.
func output(of arguments: [[UInt8]], environment: [[UInt8]] = []) -> [UInt8]? {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { return nil }
    // Another test's child that inherits one in between only makes this one wait for its end.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var child: pid_t = 0
    let status = unsafe withCStrings(arguments) { argv in
        unsafe withCStrings(environment) { envp in
            guard let path = unsafe argv[0] else { return EINVAL }
            return unsafe posix_spawn(&child, path, &actions, nil, argv, envp)
        }
    }
    close(ends[1])
    guard status == 0 else { return nil }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = unsafe chunk.withUnsafeMutableBytes {
            unsafe read(ends[0], $0.baseAddress, $0.count)
        }
        guard count > 0 else { break }
        output += chunk[..<count]
    }
    var state: Int32 = 0
    unsafe waitpid(child, &state, 0)
    return output
}

private func withCStrings<Result>(
    _ strings: [[UInt8]],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { bytes in
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
        for (index, byte) in bytes.enumerated() { unsafe copy[index] = CChar(bitPattern: byte) }
        unsafe copy[bytes.count] = 0
        return unsafe copy
    }
    unsafe pointers.append(nil)
    let count = unsafe pointers.count
    defer {
        for index in 0..<count { unsafe pointers[index]?.deallocate() }
    }
    return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("it holds a nil at least") }
        return unsafe body(base)
    }
}

func isInstalled(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }
