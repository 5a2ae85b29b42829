import CSystem
import SessionProtocol

/// What the processes that the authority starts are confined by, beside their list of system calls.
struct ProcessConfinement: Hashable, Sendable {
    /// Nil where they are the authority's own account's.
    let account: ProcessAccount?
    /// The version of the kernel's Landlock; 0 where it has none.
    ///
    /// A process asks the kernel itself, and does not start where it gets neither yes nor no.
    let landlockVersion: Int

    init(account: ProcessAccount?, landlockVersion: CInt = sp_landlock_version()) {
        self.account = account
        self.landlockVersion = max(0, Int(landlockVersion))
    }

    /// What is said of it at the start; nil where nothing is missing.
    var lack: String? {
        landlockVersion > 0 ? nil : "the kernel has no Landlock: \(Self.withoutLandlock)"
    }

    /// What is left where the kernel has no Landlock.
    static let withoutLandlock = "the list of system calls alone keeps processes from files"
}
