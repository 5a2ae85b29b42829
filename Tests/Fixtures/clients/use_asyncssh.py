"""A session with asyncssh: HOST PORT USER KEY HOST_KEY FOLDER. Any surprise is an exception."""

import asyncio
import os
import sys

import asyncssh

host, port, user, key_file, host_key, folder = sys.argv[1:]


async def ends_by_signal(connection, name):
    process = await connection.create_process(f"kill -{name} $$")
    await process.wait_closed()
    assert process.exit_signal and process.exit_signal[0] == name, (name, process.exit_signal)


async def takes_signal(connection, name):
    process = await connection.create_process("echo started; exec sleep 1000")
    assert await process.stdout.readline() == "started\n"
    process.send_signal(name)
    await asyncio.wait_for(process.wait_closed(), 20)
    assert process.exit_signal and process.exit_signal[0] == name, (name, process.exit_signal)


async def takes_signal_at_once(connection):
    """Before its program can run, which is a good while with a bastion in between."""
    process = await connection.create_process("echo started; exec sleep 1000")
    process.send_signal("TERM")
    await asyncio.wait_for(process.wait_closed(), 20)
    assert process.exit_signal and process.exit_signal[0] == "TERM", process.exit_signal


async def handles_signal(connection):
    process = await connection.create_process(
        "trap 'echo caught; exit 9' USR1; echo started; while :; do sleep 0.1; done"
    )
    assert await process.stdout.readline() == "started\n"
    process.send_signal("USR1")
    assert await asyncio.wait_for(process.stdout.readline(), 20) == "caught\n"
    await process.wait_closed()
    assert process.exit_status == 9, process.exit_status


async def follows_size(connection):
    process = await connection.create_process(
        "stty size; read line; stty size", term_type="vt100", term_size=(100, 40)
    )
    assert (await process.stdout.readline()).strip() == "40 100"
    process.change_terminal_size(120, 50)
    process.stdin.write("go on\n")
    rest = await process.stdout.read()
    assert rest.split()[-2:] == ["50", "120"], rest


async def hears_why_a_forward_is_refused(connection):
    try:
        await connection.open_connection("127.0.0.1", 9)
        raise AssertionError("a forward was opened")
    except asyncssh.ChannelOpenError as refusal:
        assert refusal.code == 1, refusal
        assert refusal.reason.startswith("sallyport: forwarding is not permitted; connect"), refusal


async def copies(connection):
    data = os.urandom(2 << 20)
    async with connection.start_sftp_client() as sftp:
        async with sftp.open(f"{folder}/file", "wb") as file:
            await file.write(data)
        async with sftp.open(f"{folder}/file", "rb") as file:
            assert await file.read() == data
        await sftp.remove(f"{folder}/file")


async def main():
    known_hosts = asyncssh.import_known_hosts(f"[{host}]:{port} ssh-ed25519 {host_key}\n")
    async with asyncssh.connect(
        host,
        int(port),
        username=user,
        client_keys=[key_file],
        known_hosts=known_hosts,
        agent_path=None,
        config=None,
    ) as connection:
        result = await connection.run("cat; echo err >&2; exit 7", input="in")
        assert (result.exit_status, result.stdout, result.stderr) == (7, "in", "err\n"), result
        results = await asyncio.gather(
            *(connection.run(f"echo {number}; exit {number}") for number in range(10))
        )
        for number, result in enumerate(results):
            assert (result.exit_status, result.stdout) == (number, f"{number}\n"), result
        for name in ("TERM", "KILL", "INT", "HUP"):
            await ends_by_signal(connection, name)
        for name in ("TERM", "INT", "KILL"):
            await takes_signal(connection, name)
        await takes_signal_at_once(connection)
        await handles_signal(connection)
        if "NO_TERMINALS" not in os.environ:
            await follows_size(connection)
        await hears_why_a_forward_is_refused(connection)
        await copies(connection)
    print("all as expected")


asyncio.run(asyncio.wait_for(main(), 90))
