import CLibSSH
import SSHWire
import Testing

@testable import SSH

@Suite struct `the seam in front of a channel's packet size` {
    private static let smallest = UInt32(SP_SMALLEST_PACKET_BYTES)

    /// A client's `SSH_MSG_CHANNEL_OPEN`, or a target's confirmation.
    private static func packet(_ isOpen: Bool, most: UInt32, rest: [UInt8] = []) -> [UInt8] {
        var writer = WireWriter()
        writer.byte(isOpen ? 90 : 91)
        if isOpen { writer.text("session") } else { writer.uint32(7) }
        writer.uint32(8)
        writer.uint32(1 << 20)
        writer.uint32(most)
        return writer.bytes + rest
    }

    /// The packet after libssh began to read it.
    private func read(_ packet: [UInt8]) throws -> [UInt8] {
        let raw = unsafe try #require(ssh_buffer_new())
        defer { unsafe ssh_buffer_free(raw) }
        unsafe _ = ssh_buffer_add_data(raw, packet, UInt32(packet.count))
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while unsafe ssh_buffer_get_data(raw, &byte, 1) == 1 { bytes.append(byte) }
        return bytes
    }

    @Test(arguments: [true, false], [0, 1, 9, 10, 11, smallest - 1])
    func `makes nothing of packets that nobody can work with`(
        _ isOpen: Bool,
        _ most: UInt32
    ) throws {
        let rest = [UInt8](repeating: 9, count: 5)

        let bytes = try read(Self.packet(isOpen, most: most, rest: rest))

        #expect(bytes == Self.packet(isOpen, most: 0, rest: rest))
    }

    @Test(arguments: [true, false], [smallest, smallest + 1, 32_768, .max])
    func `leaves every other one as it is`(_ isOpen: Bool, _ most: UInt32) throws {
        let packet = Self.packet(isOpen, most: most)

        #expect(try read(packet) == packet)
    }

    private static let others: [[UInt8]] = [
        // Other messages with the same bytes behind them.
        [89] + packet(true, most: 1).dropFirst(), [92] + packet(false, most: 1).dropFirst(),
        // Cut short, and a type that is longer than its packet.
        Array(packet(true, most: 1).dropLast()), Array(packet(false, most: 1).dropLast()),
        [90, 0xff, 0xff, 0xff, 0xff] + [UInt8](repeating: 0, count: 30),
        [90, 0, 0, 0, 30] + [UInt8](repeating: 0, count: 41), [90], [],
    ]

    @Test(arguments: others)
    func `leaves alone what opens no channel`(_ packet: [UInt8]) throws {
        #expect(try read(packet) == packet)
    }
}
