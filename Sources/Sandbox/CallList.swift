import CSeccomp
import Glibc

/// Owns a list of libseccomp's and frees it exactly once.
@safe
struct CallList: ~Copyable {
    private let raw: OpaquePointer

    /// An empty one.
    init() throws(ConfinementError) {
        guard let raw = unsafe sp_call_list_new() else { throw .noMemory }
        unsafe self.raw = raw
    }

    deinit { unsafe sp_call_list_free(raw) }

    func add(_ rule: CallRule) throws(ConfinementError) {
        let arguments = rule.arguments.map {
            sp_argument(position: $0.position, mask: $0.mask, value: $0.value)
        }
        let answer =
            switch rule.answer {
            case .allowed: SP_CARRY_OUT
            case .refused: EACCES
            case .pretended: SP_DO_NOTHING
            }
        let result = unsafe sp_call_list_add(
            raw,
            rule.call,
            answer,
            arguments,
            CUnsignedInt(arguments.count)
        )
        guard result == 0 else { throw .failed("seccomp for `\(rule.call)`", code: result) }
    }

    /// Holds this process to it, for good.
    func enforce() throws(ConfinementError) {
        let result = unsafe sp_call_list_enforce(raw)
        guard result == 0 else { throw .failed("seccomp", code: result) }
    }
}
