import CLibSSH
import Testing

@testable import SSH

/// A packet as libssh holds it before it is sent.
@safe
private final class Packet {
    private let raw: OpaquePointer

    init(_ bytes: [UInt8]) throws {
        unsafe raw = try #require(ssh_buffer_new())
        unsafe _ = ssh_buffer_add_data(raw, bytes, UInt32(bytes.count))
    }

    deinit { unsafe ssh_buffer_free(raw) }

    /// Whether the packet was one to describe.
    func describe(_ text: String) -> Bool { unsafe sp_describe_refusal(raw, text) == 1 }

    /// Without asking for the length, which is for libssh to do.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while unsafe ssh_buffer_get_data(raw, &byte, 1) == 1 { bytes.append(byte) }
        unsafe _ = ssh_buffer_add_data(raw, bytes, UInt32(bytes.count))
        return bytes
    }
}

@Suite struct `the seam in front of a refusal` {
    /// To the channel 0x01020304, prohibited, without description and language.
    private static let empty: [UInt8] = [92, 1, 2, 3, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]

    @Test func `gives libssh's empty refusal a description, to the same channel`() throws {
        let packet = try Packet(Self.empty)

        #expect(packet.describe("no way"))

        let description: [UInt8] = [0, 0, 0, 6] + Array("no way".utf8)
        #expect(packet.bytes == Self.empty.prefix(9) + description + [0, 0, 0, 0])
    }

    @Test func `gives none twice`() throws {
        let packet = try Packet(Self.empty)
        #expect(packet.describe("no way"))
        let once = packet.bytes

        #expect(!packet.describe("no way"))

        #expect(packet.bytes == once)
    }

    @Test func `takes as much text as a byte counts, and no more`() throws {
        let most = String(repeating: "x", count: Int(SP_REFUSAL_BYTES))
        let packet = try Packet(Self.empty)
        let other = try Packet(Self.empty)

        #expect(packet.describe(most))
        #expect(!other.describe(most + "x"))

        #expect(packet.bytes.count == Self.empty.count + most.utf8.count)
        #expect(packet.bytes[9..<13] == [0, 0, 0, 255])
        #expect(other.bytes == Self.empty)
    }

    private static let others: [[UInt8]] = [
        // A confirmation, another reason, a description, a language tag.
        [91, 1, 2, 3, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        [92, 1, 2, 3, 4, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0],
        [92, 1, 2, 3, 4, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0],
        [92, 1, 2, 3, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1],
        // A byte less and one more.
        [92, 1, 2, 3, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
        [92, 1, 2, 3, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [],
    ]

    @Test(arguments: others)
    func `leaves every other packet as it is`(_ bytes: [UInt8]) throws {
        let packet = try Packet(bytes)

        #expect(!packet.describe("no way"))

        #expect(packet.bytes == bytes)
    }

    @Test func `is in force in this program`() throws {
        try Library.start()
        try SeamSelfTest.run()

        // libssh asked for the lengths of that key exchange's packets; nothing here does.
        #expect(sp_refusals_are_described() == 1)
    }
}
