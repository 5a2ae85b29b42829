import CLibSSH
import SSHWire

/// libssh as a whole.
package enum Library {
    /// Sets libssh up; safe to call more than once.
    package static func start() throws(SSHError) {
        guard ssh_init() == SSH_OK else { throw .unavailable(reason: "ssh_init failed") }
        ssh_set_log_level(CInt(SSH_LOG_NOLOG))
    }

    /// The version of the library that runs, which may differ from the one compiled against.
    package static var version: String {
        guard let text = unsafe ssh_version(0) else { return "unknown" }
        return unsafe String(cString: text)
    }
}

/// The last error that libssh noted for a session.
func reason(of session: OpaquePointer) -> String {
    guard let text = unsafe ssh_get_error(UnsafeMutableRawPointer(session)) else { return "" }
    return unsafe String(cString: text)
}

/// Says after how much a session exchanges keys anew; zero leaves it to libssh.
func setRekeying(of session: OpaquePointer, bytes: UInt64, seconds: UInt32) {
    if bytes > 0 { unsafe _ = sp_options_set_uint64(session, SSH_OPTIONS_REKEY_DATA, bytes) }
    if seconds > 0 { unsafe _ = sp_options_set_uint32(session, SSH_OPTIONS_REKEY_TIME, seconds) }
}

/// Whether a session can still do anything.
///
/// After many an error libssh keeps the socket open and takes nothing from it any more.
func isAlive(_ session: OpaquePointer) -> Bool {
    unsafe ssh_is_connected(session) != 0
        && ssh_get_status(session) & (CInt(SSH_CLOSED) | CInt(SSH_CLOSED_ERROR)) == 0
}

/// The public key of an `ssh_key` as RFC 4253 §6.6 encodes it; a certificate whole.
func keyBlob(of key: OpaquePointer) -> [UInt8]? {
    var text: UnsafeMutablePointer<CChar>?
    guard unsafe ssh_pki_export_pubkey_base64(key, &text) == SSH_OK, let text = unsafe text else {
        return nil
    }
    defer { unsafe ssh_string_free_char(text) }
    return unsafe Base64.decode(String(cString: text))
}
