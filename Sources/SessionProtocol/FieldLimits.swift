/// The greatest size of every field that crosses between the processes, in bytes unless it says
/// otherwise.
///
/// `docs/limits.md` is this table for readers; a test compares the two.
package enum FieldLimits {
    /// LIMIT: a datagram must fit a Unix socket's default send buffer (212,992 bytes) whole.
    package static let message = 200_704
    /// LIMIT: a command line as received.
    ///
    /// Wrapping and quoting may add a third before it meets the kernel's limit of 128 KiB for one
    /// argument.
    package static let commandLine = 96 * 1024
    /// LIMIT: a command line as the target's shell gets it: one argument of `execve` holds 128 KiB,
    /// its final NUL included; the rest is for the login shell's own `-c`.
    package static let wrappedCommandLine = 127 * 1024
    /// LIMIT: RFC 4252 sets none; `login@target` needs no more.
    package static let userName = 320
    package static let algorithm = 64
    /// LIMIT: an OpenSSH certificate over RSA-8192 signed by RSA-8192 stays below this.
    package static let keyBlob = 16 * 1024
    package static let signature = 4 * 1024
    /// LIMIT: SHA-512 is the longest hash of any key exchange.
    package static let exchangeHash = 64
    /// LIMIT: a certificate is its forced command and at most this much around it.
    package static let certificate = wrappedCommandLine + 8 * 1024
    package static let userAuthenticationRequest = certificate + 2 * 1024
    package static let environmentName = 128
    package static let environmentValue = 4 * 1024
    /// How many variables one session may bring.
    package static let environmentCount = 64
    /// LIMIT: names and values of one session together, so that a message holds them beside the
    /// longest command line.
    package static let environmentBytes = 64 * 1024
    package static let subsystem = 64
    package static let terminalType = 64
    /// Columns or rows.
    package static let terminalCells: UInt32 = 65_535
    package static let identifier = 32
    package static let login = 64
    package static let targetName = 128
    package static let principalName = 128
    package static let roleCount = 64
    package static let signalName = 32
    /// A line of prose for a person.
    package static let prose = 1024
    /// A text shown to the client: several lines of prose.
    package static let refusalText = 8 * 1024
    package static let probeOutput = 8 * 1024
    /// What a command without a client reads: a line.
    package static let commandInput = 64
    package static let algorithmCount = 16
    package static let obligationCount = 16
    package static let determiningRuleCount = 64
    package static let digest = 32
    package static let sourceAddress = 64
    package static let claimCount = 16
    package static let claimName = 32
    package static let claimValue = 256
    /// Actions of a command line that are told for the audit trail.
    package static let actionCount = 64
    /// An action with its values.
    package static let action = 256
    /// Actions that are denied or want an approval, with all that is said of them.
    ///
    /// LIMIT: an answer with the longest of everything must fit a message.
    package static let judgedCount = 8
    package static let judgedRuleCount = 4
    /// Why, and what to do instead.
    package static let advice = 512
}
