"""A target that ignores the flow window: HOST_KEY_FILE. Prints its port."""

import asyncio
import sys

import asyncssh

DATA = 94  # SSH_MSG_CHANNEL_DATA
CHUNK = (32000).to_bytes(4, "big") + bytes(32000)


class Target(asyncssh.SSHServer):
    def begin_auth(self, username):
        return False


async def flood(process):
    channel = process.channel
    transport = channel.get_connection()._transport
    while not transport.is_closing():
        channel.send_packet(DATA, CHUNK)
        while transport.get_write_buffer_size() > 1 << 20 and not transport.is_closing():
            await asyncio.sleep(0.01)
        await asyncio.sleep(0)


async def main():
    server = await asyncssh.listen(
        "127.0.0.1", 0, server_factory=Target, server_host_keys=[sys.argv[1]],
        process_factory=flood,
    )
    print(server.get_port(), flush=True)
    await server.wait_closed()


asyncio.run(main())
