import Glibc
import MessageSockets
import Testing

@testable import Authority

@Suite struct `the line that a client reads which is not served` {
    private func ends() throws -> (ours: Descriptor, theirs: Descriptor) {
        var ends: [CInt] = [-1, -1]
        let result = unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends)
        try #require(result == 0)
        return (Descriptor(adopting: ends[0]), Descriptor(adopting: ends[1]))
    }

    private func read(_ socket: Descriptor) -> String {
        var buffer = [UInt8](repeating: 0, count: 1_000)
        let count = unsafe recv(socket.raw, &buffer, buffer.count, CInt(MSG_DONTWAIT))
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    @Test(arguments: ClosingLine.allCases)
    func `is one, is none of SSH, and is shorter than what opened the connection`(
        _ line: ClosingLine
    ) throws {
        let (ours, theirs) = try ends()
        line.send(on: ours)
        let text = read(theirs)
        #expect(text == "sallyport: \(line.rawValue)\r\n")
        #expect(text.split(separator: "\r\n").count == 1 && !text.hasPrefix("SSH-"))
        // SYN and ACK, each with the headers of IPv4 and TCP.
        #expect(text.utf8.count < 2 * 40)
    }

    @Test func `is not sent where it would have to wait, or where nobody is there`() throws {
        let (ours, theirs) = try ends()
        let filling = [UInt8](repeating: 0, count: 4_096)
        let flags = CInt(MSG_DONTWAIT)
        while unsafe send(ours.raw, filling, filling.count, flags) > 0 {}
        #expect(errno == EAGAIN)
        ClosingLine.busy.send(on: ours)

        let (alone, gone) = try ends()
        close(gone.surrender())
        ClosingLine.busy.send(on: alone)
        withExtendedLifetime(theirs) {}
    }

    @Test func `says to a proxy that does not speak nothing`() {
        #expect(Admission.Refusal.noProxyHeader(proxy: "192.0.2.1", reason: "").line == nil)
        #expect(Admission.Refusal.draining.line == .draining)
        #expect(Admission.Refusal.tooMany(limit: 1).line == .busy)
    }
}
