"""Breaks the protocol in one way: KIND HOST PORT USER KEY. Prints what came of it.

What stands before the keys are exchanged is written to the socket as it is, the rest goes through paramiko's packets.
Nothing here waits for time to pass: it waits for the bastion, whose settings say how long that takes.
"""

import os
import queue
import select
import socket
import struct
import sys
import threading

import paramiko
from packets import REFUSED, SIGN_IN, SIGNED_IN, before_sign_in, message, show_log, signed_in, typed

# RFC 4250 section 4.1.2.
DISCONNECT, IGNORE, UNIMPLEMENTED, DEBUG, SERVICE, KEY_EXCHANGE, NEW_KEYS = 1, 2, 3, 4, 5, 20, 21
OPEN, OPENED, OPEN_FAILED, ADJUST, DATA, EXTENDED, END, CLOSE, REQUEST = 90, 91, 92, 93, 94, 95, 96, 97, 98
SUCCESS, FAILURE = 99, 100

kind, host, port, user, key_file = sys.argv[1:]
# LIMIT: the bastion ends each of them much earlier.
PATIENCE = 60


def say(text):
    print(text, flush=True)


# MARK: before the keys


def connected():
    connection = socket.create_connection((host, int(port)))
    connection.settimeout(PATIENCE)
    return connection


def banner(connection):
    """What the bastion says first; libssh may wait for ours."""
    connection.sendall(b"SSH-2.0-hostile\r\n")
    received = b""
    while not received.endswith(b"\n"):
        piece = connection.recv(1)
        if not piece:
            break
        received += piece
    return received


def until_closed(connection, feed=None, pause=PATIENCE):
    """Reads until the bastion ends it; where it says nothing for a pause, it is fed again."""
    deadline_count = PATIENCE
    while deadline_count > 0:
        readable, _, _ = select.select([connection], [], [], pause)
        try:
            if readable:
                if not connection.recv(1 << 16):
                    return say("ended")
                continue
            deadline_count -= pause
            if feed is not None:
                connection.sendall(feed)
        except OSError:
            return say("ended")
    say("still open")


def pour(connection, piece, most):
    """Writes the same again and again until nobody takes it."""
    sent = 0
    try:
        while sent < most:
            connection.sendall(piece)
            sent += len(piece)
        say("all taken")
    except OSError:
        return say("ended")
    until_closed(connection)


def silence():
    until_closed(connected())


def byte_by_byte():
    connection = connected()
    connection.sendall(b"SSH-2.0-")
    until_closed(connection, b"a", 1)


def packet_byte_by_byte():
    connection = connected()
    banner(connection)
    connection.sendall(b"\0\0\x01\xf4\x08\x14")
    until_closed(connection, b"\0", 1)


def garbage():
    connection = connected()
    try:
        connection.sendall(os.urandom(1 << 16))
    except OSError:
        pass
    until_closed(connection)


def proxy_header():
    """Somebody who says that they come from somewhere else (PROXY protocol, versions 1 and 2)."""
    for header in (
        b"PROXY TCP4 192.0.2.1 192.0.2.2 40000 22\r\n",
        b"\r\n\r\n\0\r\nQUIT\n" + struct.pack(">BBH4B4BHH", 0x21, 0x11, 12, 192, 0, 2, 1, 192, 0, 2, 2, 40000, 22),
    ):
        connection = connected()
        try:
            connection.sendall(header + b"SSH-2.0-hostile\r\n")
        except OSError:
            pass
        until_closed(connection)


def endless_banner():
    pour(connected(), b"SSH-2.0-" + b"a" * 4096, 1 << 28)


def endless_lines():
    pour(connected(), b"hello\r\n" * 600, 1 << 28)


def packet_of(length, padding=4, rest=bytes(11)):
    def send():
        connection = connected()
        banner(connection)
        try:
            connection.sendall(struct.pack(">IB", length, padding) + rest)
        except OSError:
            pass
        until_closed(connection)

    return send


def oversized_with_rest():
    connection = connected()
    banner(connection)
    try:
        connection.sendall(struct.pack(">IB", 0x7FFFFFFF, 4))
    except OSError:
        return say("ended")
    pour(connection, bytes(1 << 16), 1 << 28)


def ignored_before_keys():
    """SSH_MSG_IGNORE without end where the key exchange should go on; nobody reads the answers either."""
    connection = connected()
    banner(connection)
    pour(connection, struct.pack(">IBBI", 12, 4, IGNORE, 2) + bytes(6), 1 << 26)


def many(count):
    """So many at once that say nothing, until the input ends."""

    def send():
        connections = [connected() for _ in range(count)]
        say("connected")
        sys.stdin.read()
        for connection in connections:
            connection.close()
        say("left")

    return send


def series(count):
    """So many one after the other, each left in another state, every fourth without a farewell."""

    def send():
        opening = typed(KEY_EXCHANGE, *[]).asbytes()
        for number in range(count):
            connection = connected()
            state = number % 4
            if state > 0:
                banner(connection)
            if state > 1:
                # A key exchange that begins with nothing that anybody could agree on.
                body = opening + bytes(16) + bytes(4 * 10) + b"\0" + bytes(4)
                padding = 8 - (len(body) + 5) % 8 + 8
                connection.sendall(struct.pack(">IB", len(body) + padding + 1, padding) + body + bytes(padding))
            if state == 3:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        say("ended")

    return send


# MARK: with keys, before the sign-in


def after_keys(*packets):
    """Sends these where a sign-in may begin, and tells how that ends; a sign-in or a channel would be a hole."""
    answers = queue.Queue()
    transport = before_sign_in(host, port, answers.put)
    transport._channel_handler_table = {}
    for number in (OPENED, OPEN_FAILED, SUCCESS, FAILURE):
        transport._handler_table = {**transport._handler_table, number: lambda packet, n=number: answers.put(n)}
    for packet in packets:
        try:
            transport._send_message(packet)
        except (OSError, EOFError):
            break
    transport.join(PATIENCE)
    told = []
    while not answers.empty():
        told.append(answers.get())
    if SIGNED_IN in told or OPENED in told:
        say("let in")
    say("still open" if transport.is_active() else "ended")


def signs_in(algorithm, blob, signature=None):
    parts = [user, "ssh-connection", "publickey", signature is not None, algorithm, blob]
    if signature is not None:
        parts.append(signature)
    return typed(SIGN_IN, *parts)


def blobs():
    """Keys that nobody can read, offered and signed with, each way on a connection of its own."""
    texts = [
        b"", b"\0", b"\0\0\0\x0b", b"\0\0\0\x0bssh-ed25519", b"\xff" * 64,
        message("ssh-ed25519", b"\1" * 31).asbytes(), message("ssh-ed25519", b"\1" * 33).asbytes(),
        message("ssh-rsa", b"", b"").asbytes(), message("ssh-rsa", b"\1", b"\0" * 9000).asbytes(),
        message("ecdsa-sha2-nistp256", "nistp256", b"\4" + b"\1" * 64).asbytes(),
        message("ssh-ed25519-cert-v01@openssh.com", b"\1" * 32, b"\1" * 32).asbytes(),
        message("webauthn-sk-ecdsa-sha2-nistp256@openssh.com", "nistp256", b"\4" * 65, "x").asbytes(),
        os.urandom(30000),
    ]
    ends = []
    transports = []
    for signature in (None, b"", message("ssh-ed25519", b"\1" * 64).asbytes()):
        transport = before_sign_in(host, port, ends.append)
        transports.append(transport)
        for text in texts:
            try:
                transport._send_message(signs_in("ssh-ed25519", text, signature))
            except (OSError, EOFError):
                break
    for transport in transports:
        transport.join(PATIENCE)
    say("let in" if SIGNED_IN in ends else "nobody was let in")
    say("still open" if any(transport.is_active() for transport in transports) else "ended")


def success():
    """A client that tells the server that it is signed in, and goes on as if it were (CVE-2018-10933)."""
    after_keys(typed(SIGNED_IN), typed(OPEN, "session", 0, 1 << 20, 32768))


def ignored():
    after_keys(*[typed(IGNORE, b"x" * 30000) for _ in range(2000)])


def unknown_numbers():
    after_keys(*[typed(number) for number in (0, 8, 11, 19, 22, 49, 54, 79, 83, 101, 191, 255) for _ in range(40)])


def truncated():
    """Known numbers without what belongs to them."""
    numbers = (IGNORE, DEBUG, UNIMPLEMENTED, SERVICE, SIGN_IN, 80, OPEN, ADJUST, DATA, REQUEST)
    after_keys(*[typed(number) for number in numbers])


def new_keys():
    after_keys(typed(NEW_KEYS))


def prefix_truncation():
    """What Terrapin inserts (CVE-2023-48795): a packet that strict key exchange has no place for."""
    transport = paramiko.Transport((host, int(port)))
    begin = transport._send_kex_init

    def insert():
        begin()
        transport._send_message(typed(IGNORE, b"inserted"))

    transport._send_kex_init = insert
    try:
        transport.start_client(timeout=PATIENCE)
    except (paramiko.SSHException, EOFError, OSError):
        pass
    assert transport.agreed_on_strict_kex
    transport.join(PATIENCE)
    say("still open" if transport.is_active() else "ended")


# MARK: signed in


class Peer:
    """A transport whose channels are nothing but packets."""

    def __init__(self):
        self.transport = signed_in(host, port, user, key_file)
        self.heard = queue.Queue()
        self.transport._channel_handler_table = {}
        numbers = (OPENED, OPEN_FAILED, ADJUST, DATA, EXTENDED, END, CLOSE, REQUEST, SUCCESS, FAILURE)
        self.transport._handler_table = {
            **self.transport._handler_table,
            **{number: (lambda packet, n=number: self.heard.put((n, packet))) for number in numbers},
        }

    def send(self, *packets):
        try:
            for packet in packets:
                self.transport._send_message(packet)
        except (OSError, EOFError):
            pass

    def hears(self, *numbers):
        """The next packet with one of these numbers; none where the connection ended before."""
        while True:
            try:
                number, packet = self.heard.get(timeout=0.2)
            except queue.Empty:
                if not self.transport.is_active():
                    return None, None
                continue
            if number in numbers:
                return number, packet

    def open(self, number=0, window=1 << 20, most=32768):
        """Their number of a channel; none where there is none."""
        self.send(typed(OPEN, "session", number, window, most))
        answer, packet = self.hears(OPENED, OPEN_FAILED)
        if answer != OPENED:
            return None
        packet.get_int()
        return packet.get_int()

    def run(self, channel, command):
        self.send(typed(REQUEST, channel, "exec", True, command))
        # Another channel may be closed meanwhile; the next answer is to this.
        return self.hears(SUCCESS, FAILURE)[0] == SUCCESS

    def text(self, count, ours=0, until=None):
        """So many bytes of what is printed to the channel that has this number of ours, or as far as a mark."""
        text = b""
        while len(text) < count and not (until and text.endswith(until)):
            number, packet = self.hears(DATA, CLOSE)
            if number is None:
                break
            if packet.get_int() != ours:
                continue
            if number == CLOSE:
                break
            text += packet.get_string()
        return text

    def works(self):
        """Whether another channel of the same connection does what it should; or how the connection ended."""
        channel = self.open(number=4242)
        if channel is None or not self.run(channel, "echo works"):
            return self.ends()
        text = self.text(6, 4242)
        say("works" if text == b"works\n" else f"printed {text!r}")
        self.transport.close()

    def ends(self):
        self.transport.join(PATIENCE)
        say("still open" if self.transport.is_active() else "ended")


def many_channels():
    """1,000 channels at once: as many are opened as the settings permit, the others are refused with a reason."""
    peer = Peer()
    peer.send(*[typed(OPEN, "session", number, 1 << 20, 32768) for number in range(1000)])
    answers = [peer.hears(OPENED, OPEN_FAILED) for _ in range(1000)]
    opened = [packet for number, packet in answers if number == OPENED]
    say(f"{len(opened)} opened, {sum(number == OPEN_FAILED for number, _ in answers)} refused")
    for packet in opened:
        packet.get_int()
    numbers = [packet.get_int() for packet in opened]
    peer.send(*[typed(CLOSE, number) for number in numbers])
    for _ in numbers:
        peer.hears(CLOSE)
    peer.works()


def closed_window():
    """A window of nothing: what is printed waits until there is room for it, and then all of it comes."""
    peer = Peer()
    channel = peer.open(window=0)
    assert peer.run(channel, "head -c 300000 /dev/zero | tr '\\0' a")
    text = b""
    while len(text) < 300000:
        peer.send(typed(ADJUST, channel, 1000))
        piece = peer.text(1000)
        if not piece:
            break
        text += piece
    say(f"{text.count(b'a')} came")
    peer.works()


def overflowing_window():
    """More room than a number can say, again and again."""
    peer = Peer()
    channel = peer.open(window=0xFFFFFFFF)
    assert peer.run(channel, "cat")
    peer.send(*[typed(ADJUST, channel, 0xFFFFFFFF) for _ in range(100)], typed(ADJUST, channel, 0))
    peer.send(typed(DATA, channel, b"echo\n"))
    say(f"{peer.text(5).decode()}".strip())
    peer.works()


def tiny_packets(most):
    """Packets of nearly nothing are all that it takes."""

    def send():
        peer = Peer()
        if most < 256:
            # Nobody answers that, and nobody has to.
            peer.send(typed(OPEN, "session", 0, 1 << 20, most))
            return peer.works()
        channel = peer.open(most=most)
        if channel is not None and peer.run(channel, "echo started"):
            say(f"{peer.text(8).decode()}".strip())
        peer.works()

    return send


def no_such_channel():
    peer = Peer()
    for number in (7, 0xFFFFFFFF):
        peer.send(
            typed(DATA, number, b"x"), typed(EXTENDED, number, 1, b"x"), typed(ADJUST, number, 1), typed(END, number),
            typed(REQUEST, number, "exec", True, "true"), typed(CLOSE, number), typed(SUCCESS, number),
            typed(OPENED, number, 1, 1, 1), typed(OPEN_FAILED, number, 1, "x", "x"),
        )
    peer.works()


def after_end():
    """Data behind the end of data, and the end again."""
    peer = Peer()
    channel = peer.open()
    assert peer.run(channel, "cat | wc -c")
    peer.send(typed(DATA, channel, b"12345"), typed(END, channel))
    peer.send(typed(DATA, channel, b"x" * 1000), typed(END, channel))
    # What comes late is not taken.
    counted = peer.text(5, until=b"\n").strip()
    say("counted" if counted == b"5" else f"counted {counted!r}")
    peer.works()


def after_close():
    peer = Peer()
    channel = peer.open()
    assert peer.run(channel, "cat")
    peer.send(typed(CLOSE, channel))
    for _ in range(200):
        peer.send(
            typed(DATA, channel, b"x" * 30000), typed(EXTENDED, channel, 1, b"x"), typed(ADJUST, channel, 1),
            typed(END, channel), typed(REQUEST, channel, "exec", True, "true"), typed(CLOSE, channel),
        )
    peer.works()


def long_strings():
    """Lengths that lie about what is there."""
    peer = Peer()
    channel = peer.open()
    for length in (1, 0x7FFFFFFF, 0xFFFFFFFF):
        packet = typed(DATA, channel)
        packet.packet.write(struct.pack(">I", length))
        peer.send(packet)
        packet = typed(REQUEST, channel)
        packet.packet.write(struct.pack(">I", length))
        peer.send(packet)
    peer.works()


def requests():
    """Everything that can be asked, without end: programs, variables, terminals, signals, what nobody knows."""
    peer = Peer()
    channel = peer.open()
    packets = [
        typed(REQUEST, channel, "env", False, "LD_PRELOAD", "x" * 3000),
        typed(REQUEST, channel, "pty-req", False, "x" * 500, 0xFFFFFFFF, 0xFFFFFFFF, 1, 1, b"\xff" * 200),
        typed(REQUEST, channel, "window-change", False, 0xFFFFFFFF, 0, 0, 0),
        typed(REQUEST, channel, "signal", False, "x" * 300),
        typed(REQUEST, channel, "x" * 3000, False),
        typed(REQUEST, channel, "subsystem", False, "x" * 3000),
        typed(REQUEST, channel, "exit-status", False, 3),
    ]
    for _ in range(400):
        peer.send(*packets)
    peer.works()


def never_reads():
    """A program prints without end into the largest window, and nobody takes it, until the input ends."""
    peer = Peer()
    channel = peer.open(window=0xFFFFFFFF, most=0xFFFFFFFF)
    peer.transport.packetizer.read_message = threading.Event().wait
    peer.send(typed(REQUEST, channel, "exec", False, "cat /dev/zero"))
    say("reads nothing")
    # The end of the connection stands behind what is not read.
    sys.stdin.read()
    os._exit(0)


def signed_in_again():
    """A sign-in, a service and a success behind the sign-in."""
    peer = Peer()
    peer.send(
        typed(SERVICE, "ssh-userauth"), signs_in("ssh-ed25519", b"\0"), typed(SIGNED_IN), typed(REFUSED, "x", False)
    )
    peer.works()


KINDS = {
    "silence": silence,
    "byte-by-byte": byte_by_byte,
    "packet-byte-by-byte": packet_byte_by_byte,
    "garbage": garbage,
    "endless-banner": endless_banner,
    "proxy-header": proxy_header,
    "endless-lines": endless_lines,
    "packet-of-nothing": packet_of(0),
    "packet-of-padding": packet_of(12, 12, bytes(11)),
    "packet-of-more-padding": packet_of(12, 255, bytes(11)),
    "packet-without-padding": packet_of(12, 0, bytes(11)),
    "packet-odd": packet_of(13, 4, bytes(12)),
    "packet-of-a-megabyte": packet_of(1 << 20),
    "packet-of-everything": packet_of(0xFFFFFFFF),
    "packet-oversized-with-rest": oversized_with_rest,
    "ignored-before-keys": ignored_before_keys,
    "200-at-once": many(200),
    "blobs": blobs,
    "success": success,
    "ignored": ignored,
    "unknown-numbers": unknown_numbers,
    "truncated": truncated,
    "new-keys": new_keys,
    "prefix-truncation": prefix_truncation,
    "many-channels": many_channels,
    "closed-window": closed_window,
    "overflowing-window": overflowing_window,
    "packets-of-nothing": tiny_packets(0),
    "packets-of-one": tiny_packets(1),
    "packets-of-ten": tiny_packets(10),
    "packets-of-256": tiny_packets(256),
    "no-such-channel": no_such_channel,
    "after-end": after_end,
    "after-close": after_close,
    "long-strings": long_strings,
    "requests": requests,
    "never-reads": never_reads,
    "signed-in-again": signed_in_again,
}
if __name__ == "__main__":
    show_log()
    # COUNT-in-turn is any number of them.
    (KINDS.get(kind) or series(int(kind.removesuffix("-in-turn"))))()
