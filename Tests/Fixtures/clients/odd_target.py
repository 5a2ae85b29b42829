"""A target that misbehaves: HOST_KEY_FILE early|asking|vanishing|refusing|cut. Prints its port."""

import asyncio
import sys

import asyncssh
from asyncssh.packet import String, UInt32

OPEN, OPENED, REFUSED, DATA = 90, 91, 92, 94
_, host_key, kind = sys.argv


class Target(asyncssh.SSHServer):
    def connection_made(self, connection):
        self.connection = connection

    def begin_auth(self, username):
        if kind == "vanishing":
            self.connection.abort()
        elif kind == "refusing":
            self.connection.disconnect(2, "Too many authentication failures")
        return kind in ("vanishing", "refusing")


async def program(process):
    connection = process.channel.get_connection()
    if kind == "asking":
        channel = [String("forwarded-tcpip"), UInt32(7), UInt32(1 << 20), UInt32(32768)]
        origin = [String("x"), UInt32(1), String("y"), UInt32(2)]
        while not connection._transport.is_closing():
            connection.send_packet(OPEN, *channel, *origin)
            await asyncio.sleep(0)
    if kind == "cut":
        # The status of a program whose last output never comes, nor its end.
        process.stdout.write("beginning\n")
        await process.stdin.read()
        process.channel._send_request(b"exit-status", UInt32(0))
        connection._transport.close()
        return
    process.exit(3)


def send_early(send_packet):
    """Data right behind the channel, in one write."""

    def send(connection, number, *parts, **rest):
        if number != OPENED:
            return send_packet(connection, number, *parts, **rest)
        transport, written = connection._transport, []
        write, transport.write = transport.write, written.append
        send_packet(connection, number, *parts, **rest)
        send_packet(connection, DATA, parts[0], String("early\n"))
        transport.write = write
        write(b"".join(written))

    return send


async def main():
    if kind == "early":
        connection = asyncssh.connection.SSHConnection
        connection.send_packet = send_early(connection.send_packet)
    # A refusal of what it asked for does not impress it.
    asyncssh.connection.SSHConnection._packet_handlers[REFUSED] = lambda *parts: None
    server = await asyncssh.listen(
        "127.0.0.1", 0, server_factory=Target, server_host_keys=[host_key],
        process_factory=program,
    )
    print(server.get_port(), flush=True)
    await server.wait_closed()


asyncio.run(main())
