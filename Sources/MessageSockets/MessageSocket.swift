import CSystem
import Glibc
import SessionProtocol

/// One end of a `SOCK_SEQPACKET` pair.
///
/// Every datagram is one message of `SessionProtocol`, with the descriptors that belong to it.
package final class MessageSocket: Sendable {
    /// One received message.
    package struct Received: Sendable {
        package let bytes: ArraySlice<UInt8>
        package let descriptors: [Descriptor]
    }

    /// What a read found.
    package enum Outcome: Sendable {
        case message(Received)
        /// Nothing is there yet.
        case wouldBlock
        /// The other end is closed.
        case closed
    }

    /// The longest message, and one byte more to notice what is longer.
    private static let roomBytes = FieldLimits.message + 1

    private let descriptor: Descriptor

    package var raw: CInt { descriptor.raw }

    package init(adopting descriptor: Descriptor) {
        self.descriptor = descriptor
    }

    /// Two connected ends, closed on exec; whether one blocks is said with each call, because the
    /// authority never waits for a process, and a decider only for the authority.
    package static func pair() throws(SocketError) -> (Descriptor, Descriptor) {
        var ends: [CInt] = [-1, -1]
        let type = CInt(SOCK_SEQPACKET.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let result = unsafe ends.withUnsafeMutableBufferPointer { ends in
            unsafe socketpair(AF_UNIX, type, 0, ends.baseAddress)
        }
        guard result == 0 else { throw SocketError(call: "socketpair") }
        return (Descriptor(adopting: ends[0]), Descriptor(adopting: ends[1]))
    }

    /// Sends one message whole, or throws.
    ///
    /// Without blocking, `EAGAIN` says that the receiver has not made room; nothing is queued here.
    package func send(
        _ bytes: [UInt8],
        _ descriptors: [Descriptor] = [],
        blocking: Bool = false
    ) throws(SocketError) {
        precondition(bytes.count <= FieldLimits.message, "a message exceeds its limit")
        let numbers = descriptors.map(\.raw)
        while true {
            let sent = unsafe bytes.withUnsafeBytes { bytes in
                unsafe numbers.withUnsafeBufferPointer { numbers in
                    unsafe sp_send_message(
                        raw,
                        bytes.baseAddress,
                        bytes.count,
                        numbers.baseAddress,
                        CInt(numbers.count),
                        blocking ? 0 : CInt(MSG_DONTWAIT)
                    )
                }
            }
            if sent >= 0 { break }
            guard errno == EINTR else { throw SocketError(call: "sendmsg") }
        }
        withExtendedLifetime(descriptors) {}
    }

    /// Reads one message, if one is there.
    ///
    /// The room for it is borrowed for just this call: thousands of sockets that wait hold none.
    package func receive(blocking: Bool = false) throws(SocketError) -> Outcome {
        var numbers = [CInt](repeating: -1, count: Int(SP_MAXIMUM_DESCRIPTORS))
        var count: CInt = 0
        var isTruncated: CInt = 0
        let flags = blocking ? 0 : CInt(MSG_DONTWAIT)
        var received = 0
        var failure: CInt = 0
        let bytes = unsafe withUnsafeTemporaryAllocation(
            byteCount: Self.roomBytes,
            alignment: 1
        ) { room in
            repeat {
                received = unsafe numbers.withUnsafeMutableBufferPointer { numbers in
                    unsafe sp_receive_message(
                        raw,
                        room.baseAddress,
                        room.count,
                        numbers.baseAddress,
                        &count,
                        &isTruncated,
                        flags
                    )
                }
                failure = errno
                // A peer that closed with messages unread is told of once, before its own last ones.
            } while received < 0 && (failure == EINTR || failure == ECONNRESET)
            return unsafe [UInt8](room.prefix(max(received, 0)))
        }
        guard received >= 0 else {
            switch failure {
            case EAGAIN: return .wouldBlock
            default: throw SocketError(call: "recvmsg", code: failure)
            }
        }
        let descriptors = numbers.prefix(Int(count)).map { Descriptor(adopting: $0) }
        guard isTruncated == 0, received <= FieldLimits.message else {
            throw SocketError(call: "recvmsg", code: EMSGSIZE)
        }
        // No message is empty, so an empty one is the end.
        guard received > 0 else { return .closed }
        return .message(Received(bytes: bytes[...], descriptors: descriptors))
    }
}
