/// A line of a list of system calls: which calls are meant, and what comes of them.
package struct CallRule: Hashable, Sendable {
    package enum Answer: Hashable, Sendable {
        case allowed
        /// Fails with EACCES, as if a permission were missing.
        case refused
        /// Nothing is done, and it says that all went well.
        case pretended
    }

    /// What an argument must be, counted from 0: `value` where `mask` has ones.
    ///
    /// All 64 bits count, also where the kernel takes an argument for an `int`.
    package struct Argument: Hashable, Sendable {
        package let position: UInt32
        package let mask: UInt64
        package let value: UInt64

        init(_ position: UInt32, is value: CInt) {
            self.init(position, is: UInt64(value), under: .max)
        }

        init(_ position: UInt32, is value: UInt64, under mask: UInt64) {
            precondition(value & ~mask == 0, "a value outside of its mask is never met")
            self.position = position
            self.mask = mask
            self.value = value
        }
    }

    /// Its name in the kernel.
    package let call: String
    package let answer: Answer
    /// All of them must hold.
    package let arguments: [Argument]

    static func allowed(_ call: String, _ arguments: Argument...) -> CallRule {
        CallRule(call: call, answer: .allowed, arguments: arguments)
    }

    static func pretended(_ call: String, _ arguments: Argument...) -> CallRule {
        CallRule(call: call, answer: .pretended, arguments: arguments)
    }

    static func refused(_ call: String, _ arguments: Argument...) -> CallRule {
        CallRule(call: call, answer: .refused, arguments: arguments)
    }
}
