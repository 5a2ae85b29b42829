import Glibc
import MessageSockets
import SSHWire

/// Takes the header of a listed proxy off a connection, and no byte behind it.
///
/// What comes after it is the client's, and no business of the authority.
final class ProxyHeaderReading {
    /// LIMIT: from accepting a connection to the end of its header, which a proxy sends at once.
    static let timeout = Duration.seconds(5)

    /// Why there is no header.
    struct Failure: Error, Hashable {
        let reason: String
    }

    private let socket: Descriptor
    private let reactor: Reactor
    private var bytes: [UInt8] = []
    /// Of the whole header, once its beginning says so; until then of that.
    private var wanted = ProxyHeader.prefixBytes
    private var watch: Reactor.Watch?
    private var timer: Reactor.TimerID?
    private var completion: ((Result<ProxyHeader, Failure>) -> Void)?

    init(of socket: Descriptor, on reactor: Reactor) {
        self.socket = socket
        self.reactor = reactor
    }

    /// Calls back once, unless it is cancelled.
    func begin(_ completion: @escaping (Result<ProxyHeader, Failure>) -> Void) {
        self.completion = completion
        timer = reactor.after(Self.timeout) { [weak self] in
            self?.timer = nil
            self?.finish(.failure(Failure(reason: "no header in time")))
        }
        do throws(SocketError) {
            watch = try reactor.watch(socket.raw, for: .readable) { [weak self] _ in self?.read() }
        } catch {
            // Later, as any other end of it.
            reactor.later { [weak self] in
                self?.finish(.failure(Failure(reason: error.description)))
            }
        }
    }

    func cancel() {
        if let watch { reactor.forget(watch) }
        if let timer { reactor.cancel(timer) }
        (watch, timer, completion) = (nil, nil, nil)
    }

    private func read() {
        do throws(WireError) {
            while try takeNext() {
                if bytes.count == ProxyHeader.prefixBytes {
                    wanted += try ProxyHeader.followingBytes(of: bytes)
                }
                guard bytes.count == wanted else { continue }
                return finish(.success(try ProxyHeader(parsing: bytes)))
            }
        } catch {
            finish(.failure(Failure(reason: error.description)))
        }
    }

    /// Takes what is there of what is wanted; false where there is nothing yet, or it is over.
    private func takeNext() throws(WireError) -> Bool {
        var buffer = [UInt8](repeating: 0, count: wanted - bytes.count)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe recv(socket.raw, $0.baseAddress, $0.count, 0)
        }
        if count > 0 {
            bytes += buffer[..<count]
            return true
        }
        if count < 0, errno == EAGAIN || errno == EINTR { return false }
        throw .truncated(field: "proxy header")
    }

    private func finish(_ outcome: Result<ProxyHeader, Failure>) {
        guard let completion else { return }
        cancel()
        completion(outcome)
    }
}
