"""Searches the memory of every process of a program for the seeds of OpenSSH Ed25519 private keys.

find-in-memory.py PROGRAM KEYFILE…

Prints `public half found` if a public half was seen, so that the search is known to read, and
`no private key` if no seed was. Exit status 1 where a seed was found.
"""

import base64
import os
import pathlib
import sys


def halves(path):
    lines = pathlib.Path(path).read_text(encoding="ascii").splitlines()
    blob = base64.b64decode("".join(line for line in lines if not line.startswith("-----")))
    # In the unencrypted form the 64 secret bytes are the seed and the public half after it, and the
    # public half stands alone before them.
    mark = b"\0\0\0\x0bssh-ed25519\0\0\0\x20"
    start = blob.index(mark) + len(mark)
    public = blob[start:start + 32]
    secret = blob.index(b"\0\0\0\x40") + 4
    seed = blob[secret:secret + 32]
    assert blob[secret + 32:secret + 64] == public
    return seed, public


def memory(pid):
    with open(f"/proc/{pid}/maps", encoding="ascii") as maps, open(f"/proc/{pid}/mem", "rb", 0) as mem:
        for line in maps:
            fields = line.split()
            if "r" not in fields[1] or fields[-1] in ("[vvar]", "[vsyscall]", "[vvar_vclock]"):
                continue
            start, end = (int(part, 16) for part in fields[0].split("-"))
            try:
                mem.seek(start)
                yield mem.read(end - start)
            except OSError:
                continue


def main():
    program = os.path.realpath(sys.argv[1])
    keys = [halves(path) for path in sys.argv[2:]]
    public_found = False
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if not entry.name.isdigit() or os.path.realpath(entry / "exe") != program:
                continue
            for region in memory(entry.name):
                for seed, public in keys:
                    public_found |= public in region
                    if seed in region:
                        sys.exit(f"process {entry.name} holds a private key")
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue  # it ended in between, or is none of ours
    if public_found:
        print("public half found")
    print("no private key")


main()
