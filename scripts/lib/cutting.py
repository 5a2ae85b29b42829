"""cutting.py SIGNATURE KEY FOLDER NUMBER: seeds for a fuzzer from a signature of ssh-keygen's (PROTOCOL.sshsig)."""

import base64
import struct
import sys


def string(value):
    return struct.pack(">I", len(value)) + value


def last_string(blob):
    """Behind the magic and the version stand five strings."""
    rest = blob[10:]
    while rest:
        (count,) = struct.unpack(">I", rest[:4])
        value, rest = rest[4 : 4 + count], rest[4 + count :]
    return value


def main():
    signature_file, key_file, folder, number = sys.argv[1:]
    with open(signature_file, "rb") as file:
        signature = last_string(file.read())
    with open(key_file) as file:
        name, text = file.read().split()[:2]
    key = base64.b64decode(text)
    algorithm = {"ssh-rsa": "rsa-sha2-512"}.get(name, name).encode()
    seeds = {
        "signature": b"s" + signature,
        # RFC 4252 section 7: what a client signs.
        "request": b"u" + string(bytes(32)) + b"\x32" + string(b"deploy@web1") + string(b"ssh-connection")
        + string(b"publickey") + b"\x01" + string(algorithm) + string(key),
        # draft-ietf-sshm-ssh-agent sections 3 and 4: what an agent is asked, and what it says.
        "identities": b"a\x0c" + struct.pack(">I", 1) + string(key) + string(b"comment"),
        "signed": b"a\x0e" + string(signature),
        "sign": b"a\x0d" + string(key) + string(b"data") + bytes(4),
    }
    for kind, seed in seeds.items():
        with open(f"{folder}/{kind}-{number}", "wb") as file:
            file.write(seed)


main()
