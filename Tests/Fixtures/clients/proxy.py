"""proxy.py HOST PORT KIND: a proxy for ssh's ProxyCommand that says something before the client does.

KIND is an address, which is said by the PROXY protocol with a port of 50000; `local`, `none`, `old` (its
first version), `short` (a header that ends too early), `slow` (one byte after another). The connection
comes from 127.0.0.2.
"""

import os
import select
import socket
import struct
import sys
import time

host, port, kind = sys.argv[1], int(sys.argv[2]), sys.argv[3]
signature = b"\r\n\r\n\0\r\nQUIT\n"
extension = b"\x04\0\x03abc"


def header(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    addresses = socket.inet_pton(family, address) * 2 + struct.pack("!HH", 50000, 22) + extension
    return signature + bytes([0x21, 0x21 if ":" in address else 0x11]) + struct.pack("!H", len(addresses)) + addresses


said = {
    "local": signature + b"\x20\0\0\0",
    "none": b"",
    "old": b"PROXY TCP4 192.0.2.9 192.0.2.1 50000 22\r\n",
    "short": signature + b"\x21\x11\0\x04\xc0\0\x02\x09",
}.get(kind) if kind in ("local", "none", "old", "short") else header("192.0.2.9" if kind == "slow" else kind)

bastion = socket.create_connection((host, port), source_address=("127.0.0.2", 0))
bastion.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
if kind == "slow":
    for byte in said:
        bastion.sendall(bytes([byte]))
        time.sleep(0.01)
else:
    bastion.sendall(said)
ends = {0: bastion.fileno(), bastion.fileno(): 1}
while True:
    for end in select.select(list(ends), [], [])[0]:
        data = os.read(end, 65536)
        if not data:
            sys.exit()
        while data:
            data = data[os.write(ends[end], data):]
