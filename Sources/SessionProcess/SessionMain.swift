import CSystem
import Glibc
import MessageSockets
import SSH
import Sandbox
import SessionProtocol

/// The life of a session process: start, be spare, serve one order, exit.
package enum SessionMain {
    /// Where the authority left the socket.
    private static let socketNumber: CInt = 3

    /// Exit statuses (sysexits.h): 69 unavailable, 70 software, 71 system.
    package static func run() -> Never {
        signal(SIGPIPE, SIG_IGN)
        // A recording that is too long fails to be written, which its session can say.
        signal(SIGXFSZ, SIG_IGN)
        let link = AuthorityLink(adopting: Descriptor(adopting: socketNumber))
        do {
            try Confinement.begin(.session, lastWordsSeconds: lastWordsSeconds)
            try Library.start()
            // It also lets libssh and libcrypto open what they need, for the last time.
            try SeamSelfTest.run()
            try Confinement.close(.session)
        } catch {
            report(.startFailed(reason: "\(error)".clippedProse), to: link)
            exit(EX_UNAVAILABLE)
        }
        let seam = CryptoSeam(signer: link)
        seam.install()
        report(
            .ready(
                version: ProtocolTable.version,
                library: "libssh \(Library.version)".clippedProse
            ),
            to: link
        )
        do throws(LinkError) {
            try serve(link, seam)
        } catch {
            switch error {
            case .authorityGone: exit(EX_UNAVAILABLE)
            case .malformed, .unexpected, .missingDescriptors, .timedOut, .system:
                complain(error.description)
                exit(EX_SOFTWARE)
            }
        }
        exit(EX_OK)
    }

    /// LIMIT: from the authority's death to the process's, which tells its clients before.
    static let lastWordsSeconds: CUnsignedInt = 2
    /// LIMIT: address space of a process, for what goes past all other limits.
    static let memoryBytes = 128 << 20
    /// LIMIT: what each session of its connection adds.
    ///
    /// A direction that stalls holds about 3 MiB.
    static let memoryBytesOfSession = 6 << 20

    /// LIMIT: descriptors of a process: its streams, its socket, its client's, what is on its way.
    static let descriptors = 16
    /// LIMIT: what each session of its connection adds: a recording, a transport to a target, and
    /// another one while the first is given up.
    static let descriptorsOfSession = 5

    private static func limit(sessions: UInt32) {
        guard sp_limit_memory(memoryBytes + Int(sessions) * memoryBytesOfSession) == 0 else {
            complain(SocketError(call: "setrlimit").description)
            exit(EX_OSERR)
        }
        do throws(ConfinementError) {
            try Confinement.limitDescriptors(
                to: descriptors + Int(sessions) * descriptorsOfSession
            )
        } catch {
            complain(error.description)
            exit(EX_OSERR)
        }
    }

    private static func serve(_ link: AuthorityLink, _ seam: CryptoSeam) throws(LinkError) {
        let received = try link.awaitOrder()
        do {
            switch received.order {
            case .serve(let order):
                limit(sessions: order.sessionsAtOnce)
                let process = try ConnectionProcess(
                    order,
                    socket: received.descriptors[0],
                    link: link,
                    seam: seam
                )
                try process.run()
            case .perform(let order, let program, let input):
                limit(sessions: 1)
                let performance = try Performance(
                    order,
                    program: LegProgram(program),
                    input: input,
                    socket: received.descriptors[0],
                    link: link,
                    seam: seam
                )
                try performance.run()
            case .endConnection:
                return
            case .exchangeHashSignature, .keyOfferAnswer, .signInAnswer, .permit, .refuse,
                .certificate, .userAuthenticationSignature, .retry, .endSession, .notify:
                throw LinkError.unexpected(received.order.kind)
            }
        } catch let error as LinkError {
            throw error
        } catch {
            // The socket was closed before we had it, or there is no memory.
            try link.send(.connectionEnded(.transportFailed, detail: "\(error)".clippedProse))
        }
    }

    private static func report(_ request: SessionRequest, to link: AuthorityLink) {
        do throws(LinkError) {
            try link.send(request)
        } catch {
            complain(error.description)
            exit(EX_UNAVAILABLE)
        }
    }

    /// One line on standard error, which the authority logs.
    private static func complain(_ text: String) {
        let line = Array("sallyport-session: \(text)\n".utf8)
        unsafe _ = line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
