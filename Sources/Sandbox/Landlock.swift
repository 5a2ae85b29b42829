import CSystem
import Glibc

/// Rights to files, to the network and beyond this process, of which nothing is left.
package enum Landlock {
    /// Nil where the kernel has none.
    package static func version(
        asking kernel: () -> CInt = sp_landlock_version
    ) throws(ConfinementError) -> Int? {
        let version = kernel()
        if version > 0 { return Int(version) }
        // The kernel was built without it, or started without it.
        guard version < 0, errno == ENOSYS || errno == EOPNOTSUPP else {
            throw .failed("landlock", code: version < 0 ? errno : EINVAL)
        }
        return nil
    }

    /// Gives up all rights that a version knows.
    package static func giveUp(version: Int) throws(ConfinementError) {
        guard sp_give_up_rights(sp_landlock_rights_of(CInt(version))) == 0 else {
            throw .failed("landlock")
        }
    }
}
