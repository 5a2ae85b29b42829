"""A target that breaks the protocol in one way once it has keys: HOST_KEY_FILE KIND. Prints its port."""

import asyncio
import sys

import asyncssh
from asyncssh.packet import Boolean, String, UInt32

BANNER, OPENED, ADJUST, DATA, EXTENDED, END, CLOSE, REQUEST = 53, 91, 93, 94, 95, 96, 97, 98
_, host_key, kind = sys.argv
send_packet = asyncssh.connection.SSHConnection.send_packet


async def for_ever(connection):
    """Until the bastion ends the connection."""
    while not connection._transport.is_closing():
        await asyncio.sleep(0.05)


class Target(asyncssh.SSHServer):
    def connection_made(self, connection):
        self.connection = connection

    async def begin_auth(self, username):
        if kind == "banners":
            while not self.connection._transport.is_closing():
                self.connection.send_packet(BANNER, String("x" * 30000), String(""))
                await asyncio.sleep(0)
        if kind == "no-sign-in":
            await for_ever(self.connection)
        return False


def opened_with(window=None, most=None):
    """Confirms a channel with other numbers."""

    def send(connection, number, *parts, **rest):
        if number == OPENED:
            parts = list(parts)
            if window is not None:
                parts[2] = UInt32(window)
            if most is not None:
                parts[3] = UInt32(most)
        return send_packet(connection, number, *parts, **rest)

    asyncssh.connection.SSHConnection.send_packet = send


async def program(process):
    channel = process.channel
    connection, theirs = channel.get_connection(), UInt32(channel._send_chan)
    if kind == "overflowing-window":
        for _ in range(100):
            connection.send_packet(ADJUST, theirs, UInt32(0xFFFFFFFF))
    elif kind == "after-end":
        # Each is behind a whole round trip, so that what came before was handed on.
        for number, *rest in (
            (END,), (DATA, String("late\n")), (EXTENDED, UInt32(1), String("late\n")), (END,), (DATA, String("late\n")),
        ):
            connection.send_packet(number, theirs, *rest)
            for _ in range(2):
                await connection._make_global_request(b"keepalive@openssh.com")
    elif kind == "after-close":
        for number, *rest in (
            (REQUEST, String("exit-status"), Boolean(False), UInt32(3)), (CLOSE,), (DATA, String("late\n")),
            (EXTENDED, UInt32(1), String("late\n")), (ADJUST, UInt32(1)), (END,),
            (REQUEST, String("exit-status"), Boolean(False), UInt32(3)), (CLOSE,),
        ):
            connection.send_packet(number, theirs, *rest)
        return await for_ever(connection)
    elif kind == "no-such-channel":
        for number, *rest in (
            (DATA, String("x")), (EXTENDED, UInt32(1), String("x")), (ADJUST, UInt32(1)), (END,), (CLOSE,),
            (REQUEST, String("exit-status"), Boolean(False), UInt32(4)), (OPENED, UInt32(1), UInt32(1), UInt32(1)),
        ):
            connection.send_packet(number, UInt32(0xFFFFFFFF), *rest)
    elif kind == "long-strings":
        for length in (1, 0x7FFFFFFF, 0xFFFFFFFF):
            connection.send_packet(DATA, theirs, UInt32(length))
            connection.send_packet(REQUEST, theirs, UInt32(length))
    elif kind == "requests":
        for _ in range(500):
            connection.send_packet(REQUEST, theirs, String("x" * 3000), Boolean(False))
        process.stdout.write("ran\n")
        end = (String("exit-signal"), Boolean(False), String("x" * 3000), Boolean(True), String("x" * 9000), String(""))
        connection.send_packet(REQUEST, theirs, *end)
        return channel.close()
    elif kind == "never-reads":
        connection._transport.pause_reading()
        channel.pause_reading()
        return await for_ever(connection)
    elif kind == "tiny-packets":
        # Whoever writes to that writes for ever.
        return await for_ever(connection)
    process.stdout.write("ran\n")
    process.exit(3)


async def main():
    if kind == "closed-window":
        opened_with(window=0)
    if kind == "tiny-packets":
        opened_with(most=10)
    server = await asyncssh.listen(
        "127.0.0.1", 0, server_factory=Target, server_host_keys=[host_key], process_factory=program, encoding=None
        if kind == "never-reads" else "utf-8",
    )
    print(server.get_port(), flush=True)
    await server.wait_closed()


asyncio.run(main())
