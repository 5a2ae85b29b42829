"""A target that does not come as far as SSH: HOST_KEY_FILE KIND. Prints its port, and serves until it is ended."""

import os
import select
import socket
import struct
import sys
import threading

kind = sys.argv[2]
BANNER = b"SSH-2.0-hostile\r\n"


def drip(peer, beginning):
    """A byte whenever the bastion says nothing for a second."""
    peer.sendall(beginning)
    while True:
        readable, _, _ = select.select([peer], [], [], 1)
        if readable and not peer.recv(1 << 16):
            return
        if not readable:
            peer.sendall(b"a")


def pour(peer, piece):
    while True:
        peer.sendall(piece)


def flood(peer):
    """SSH_MSG_IGNORE without end."""
    peer.sendall(BANNER)
    pour(peer, struct.pack(">IBBI", 12, 4, 2, 2) + bytes(6))


def read_all(peer):
    while peer.recv(1 << 16):
        pass


def send(*pieces):
    def serve(peer):
        for piece in pieces:
            peer.sendall(piece)
        read_all(peer)

    return serve


KINDS = {
    "silence": read_all,
    "closes": lambda peer: None,
    "byte-by-byte": lambda peer: drip(peer, b"SSH-2.0-"),
    "packet-byte-by-byte": lambda peer: drip(peer, BANNER + b"\0\0\x01\xf4\x08\x14"),
    "garbage": send(os.urandom(1 << 16)),
    "endless-banner": lambda peer: pour(peer, b"SSH-2.0-" + b"a" * 4096),
    "endless-lines": lambda peer: pour(peer, b"hello\r\n" * 600),
    "packet-of-nothing": send(BANNER, struct.pack(">IB", 0, 4) + bytes(11)),
    "packet-of-everything": send(BANNER, struct.pack(">IB", 0xFFFFFFFF, 4) + bytes(11)),
    "ignored-before-keys": lambda peer: flood(peer),
}


def serve(peer):
    try:
        KINDS[kind](peer)
    except OSError:
        pass
    peer.close()


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
