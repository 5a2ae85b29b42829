internal import Foundation
internal import Glibc
internal import SSHKeys
internal import SSHWire

/// The texts that `sallyport init` writes.
struct StartingFiles {
    let settings: String
    let inventory: String
    let policy: String
    let cases: String
}

/// The directory that `sallyport init` makes.
struct StartingDirectory {
    /// Absolute.
    let path: String

    init(path: String) throws(InitError) {
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
        try Self.makeDirectory(self.path)
    }

    /// Writes everything; what exists already ends it before anything is written.
    ///
    /// Returns the host key as clients know it, its type and its base64.
    func fill(_ files: StartingFiles) throws(InitError) -> String {
        for name in [
            "sallyport.yaml", "inventory.yaml", "policies/production.yaml",
            "policies/production.cases", "keys/host_ed25519", "keys/ca_ed25519",
        ] {
            var status = stat()
            guard unsafe lstat("\(path)/\(name)", &status) != 0 else {
                throw .exists(path: "\(path)/\(name)")
            }
        }
        for name in ["inventory.d", "policies", "keys", "state"] {
            try Self.makeDirectory("\(path)/\(name)")
        }
        let hostKey = try makeKey("host_ed25519", comment: "sallyport host key")
        _ = try makeKey("ca_ed25519", comment: "sallyport certificate authority")
        try write(files.inventory, to: "inventory.yaml", mode: 0o600)
        try write(files.policy, to: "policies/production.yaml", mode: 0o600)
        try write(files.cases, to: "policies/production.cases", mode: 0o600)
        // Last: where it is, the directory is complete.
        try write(files.settings, to: "sallyport.yaml", mode: 0o600)
        return hostKey
    }

    private func makeKey(_ name: String, comment: String) throws(InitError) -> String {
        let key = Ed25519SigningKey.generate()
        let text = key.fileText(
            comment: comment,
            checkInteger: UInt32.random(in: .min ... .max)
        )
        try write(text, to: "keys/\(name)", mode: 0o600)
        let line = "\(key.publicKey.type.rawValue) \(Base64.encode(key.publicKeyBlob))"
        try write("\(line) \(comment)\n", to: "keys/\(name).pub", mode: 0o644)
        return line
    }

    private func write(_ text: String, to name: String, mode: mode_t) throws(InitError) {
        let file = "\(path)/\(name)"
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw .system(operation: "create", path: file, code: errno)
        }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let bytes = Array(rest)
            let count = unsafe Glibc.write(descriptor, bytes, bytes.count)
            guard count > 0 else { throw .system(operation: "write", path: file, code: errno) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else {
            throw .system(operation: "synchronize", path: file, code: errno)
        }
    }

    private static func makeDirectory(_ path: String) throws(InitError) {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw .system(operation: "make", path: path, code: errno)
        }
    }
}
