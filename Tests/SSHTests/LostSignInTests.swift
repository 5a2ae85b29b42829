import CLibSSH
import Glibc
import Testing

@testable import SSH

@Suite struct `a connection that is lost while its client signs in` {
    @Test func `without a word is cut off, of which libssh says nothing`() throws {
        let ends = try SignedInEnds { server in
            shutdown(unsafe ssh_get_fd(server.raw), Int32(SHUT_RDWR))
        }

        #expect(ends.client.isCutOff)
        // Whoever waits for an answer alone waits for ever.
        #expect(try ends.client.authenticate() == .again)
    }

    @Test func `with a word is not cut off`() throws {
        let ends = try SignedInEnds { $0.disconnect("too many authentication failures") }

        #expect(!ends.client.isConnected)
        #expect(!ends.client.isCutOff, "\(ends.client.endReason)")
    }
}
