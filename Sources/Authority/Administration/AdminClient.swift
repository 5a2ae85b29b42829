import CSystem
import Foundation
import Glibc
package import MessageSockets
package import StrictYAML

/// Why the authority did not do what an administrator asked.
package enum AdminError: Error, Hashable, Sendable, CustomStringConvertible {
    case settings(RefusedFiles)
    case notServing(path: String, reason: String)
    case lost(reason: String)
    case silent(Duration)
    case malformed(reason: String)
    case refused(String)
    case noDescriptor

    package var description: String {
        switch self {
        case .settings(let findings): findings.description
        case .notServing(let path, let reason):
            "no bastion answers at `\(path)` (\(reason)): is `sallyport serve` running?"
        case .lost(let reason): "the bastion did not answer: \(reason)"
        case .silent(let patience):
            "the bastion did not answer within \(patience.components.seconds) s: it hangs, or its "
                + "machine is overloaded"
        case .malformed(let reason): "the bastion's answer cannot be read: \(reason)"
        case .refused(let reason): reason
        case .noDescriptor: "the bastion sent no recording"
        }
    }
}

/// An administrator's end of the admin socket; it blocks.
package final class AdminClient {
    private let socket: Descriptor
    /// How long everything may take together; nil where it may take any time.
    private let patience: Duration?
    private let deadline: ContinuousClock.Instant?

    /// Connects to the authority that serves with these settings.
    package convenience init(
        settingsPath: String,
        within patience: Duration? = nil
    ) throws(AdminError) {
        let path: String
        do throws(RefusedFiles) {
            path = try Settings.load(path: settingsPath).value.adminSocket.path
        } catch {
            throw .settings(error)
        }
        try self.init(socketPath: path, within: patience)
    }

    /// Connects to an admin socket: who uses it need not be allowed to read the settings.
    package init(
        socketPath path: String,
        within patience: Duration? = nil
    ) throws(AdminError) {
        self.patience = patience
        deadline = patience.map { ContinuousClock.now + $0 }
        do throws(SocketError) {
            socket = try UnixSocket.made()
            if let deadline { try UnixSocket.setTimeout(until: deadline, of: socket) }
            try UnixSocket.connect(socket, to: path)
        } catch {
            // A full queue of one that accepts nobody.
            if let patience, error.code == EAGAIN { throw .silent(patience) }
            throw .notServing(path: path, reason: error.description)
        }
    }

    /// Asks and waits for the answer; an error in it is thrown.
    package func ask(_ request: AdminRequest) throws(AdminError) -> AdminAnswer {
        try askWithDescriptor(request).answer
    }

    /// Asks for a recording.
    package func recording(of session: String) throws(AdminError) -> Descriptor {
        guard let descriptor = try askWithDescriptor(.play(session: session)).descriptor else {
            throw .noDescriptor
        }
        return descriptor
    }

    private func askWithDescriptor(
        _ request: AdminRequest
    ) throws(AdminError) -> (answer: AdminAnswer, descriptor: Descriptor?) {
        var unsent: AdminError?
        do throws(AdminError) {
            try send(request)
        } catch {
            // Who may not ask is told before anything of theirs is read.
            unsent = error
        }
        let (line, descriptor): ([UInt8], Descriptor?)
        do throws(AdminError) {
            (line, descriptor) = try receive()
        } catch {
            throw unsent ?? error
        }
        let answer: AdminAnswer
        do {
            answer = try JSONDecoder().decode(AdminAnswer.self, from: Data(line))
        } catch {
            throw .malformed(reason: "\(error)")
        }
        if let error = answer.error { throw .refused(error) }
        return (answer, descriptor)
    }

    private func keepDeadline() throws(AdminError) {
        guard let deadline, let patience else { return }
        do throws(SocketError) {
            try UnixSocket.setTimeout(until: deadline, of: socket)
        } catch {
            guard error.code == ETIMEDOUT else { throw .lost(reason: "\(error)") }
            throw .silent(patience)
        }
    }

    /// After a call that failed.
    private func lost(_ call: String) -> AdminError {
        let error = SocketError(call: call)
        if let patience, error.code == EAGAIN { return .silent(patience) }
        return .lost(reason: "\(error)")
    }

    private func send(_ request: AdminRequest) throws(AdminError) {
        var line: [UInt8]
        do {
            line = [UInt8](try AdminCoding.encoder().encode(request))
        } catch {
            throw .malformed(reason: "\(error)")
        }
        line.append(UInt8(ascii: "\n"))
        guard line.count <= AdminLimits.requestBytes else {
            throw .refused("the request exceeds the limit of \(AdminLimits.requestBytes) bytes")
        }
        while !line.isEmpty {
            try keepDeadline()
            let count = unsafe Glibc.send(socket.raw, line, line.count, CInt(MSG_NOSIGNAL))
            guard count > 0 else { throw lost("send") }
            line.removeFirst(count)
        }
    }

    private func receive() throws(AdminError) -> ([UInt8], Descriptor?) {
        var line: [UInt8] = []
        var descriptor: Descriptor?
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while line.last != UInt8(ascii: "\n") {
            var numbers = [CInt](repeating: -1, count: Int(SP_MAXIMUM_DESCRIPTORS))
            var (count, isTruncated): (CInt, CInt) = (0, 0)
            try keepDeadline()
            let received = unsafe chunk.withUnsafeMutableBytes { bytes in
                unsafe numbers.withUnsafeMutableBufferPointer { numbers in
                    unsafe sp_receive_message(
                        socket.raw,
                        bytes.baseAddress,
                        bytes.count,
                        numbers.baseAddress,
                        &count,
                        &isTruncated,
                        0
                    )
                }
            }
            if received < 0, errno == EINTR { continue }
            guard received > 0 else {
                throw received == 0 ? .lost(reason: "it closed the socket") : lost("recv")
            }
            for number in numbers.prefix(Int(count)) { descriptor = Descriptor(adopting: number) }
            line += chunk.prefix(received)
            guard line.count <= AdminLimits.answerBytes else {
                throw .malformed(reason: "it exceeds \(AdminLimits.answerBytes) bytes")
            }
        }
        return (line, descriptor)
    }
}
