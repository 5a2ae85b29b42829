"""Whether anybody notices that a large inventory is read again."""

import json
import os
import pathlib
import signal
import socket
import statistics
import time
from collections.abc import Callable

from authority import GRANTS, PRINCIPALS, TARGETS, write_inventory
from measuring import DEADLINE_SECONDS, Lab, percentile

# What the loop may stand still for, and nobody is accepted in that time.
MILLISECONDS = 10
ASKS_A_SECOND = 500


def reloading(own_lab: Callable, rounds: int) -> None:
    with own_lab() as lab:
        inventory = lab.environment()["CONFIG"]
        write_inventory(pathlib.Path(inventory).parent / "inventory.d/bench.yaml")
        ask_meanwhile(lab, rounds)


def ask_meanwhile(lab: Lab, rounds: int) -> None:
    """The loop that answers is the one that accepts: how long an answer takes is how long that waits."""
    process = int((lab.folder / "run/bastion").read_text().split()[0])
    path = f"{lab.environment()['STATE']}/admin.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(DEADLINE_SECONDS)
        client.connect(path)
        reader = client.makefile("rb")
        reload(client, reader, process, [])
        before = [ask(client, reader)[0] for _ in range(ASKS_A_SECOND)]
        meanwhile, took = [], []
        for _ in range(rounds):
            took.append(reload(client, reader, process, meanwhile))
    print(
        f"\nreload of {TARGETS} targets, {PRINCIPALS} principals, {GRANTS} grants: an answer of the"
        f" loop meanwhile (ms; {rounds} reloads of {statistics.median(took):.0f} ms)")
    print(f"{'':>12} {'median':>8} {'p99':>8} {'most':>8}")
    for title, values in (("before", before), ("meanwhile", meanwhile)):
        print(
            f"{title:>12} {statistics.median(values):8.2f} {percentile(values, 0.99):8.2f}"
            f" {max(values):8.2f}")
    print(f"  at most {MILLISECONDS} more than before: {max(meanwhile) - max(before):.2f}")


def reload(client: socket.socket, reader, process: int, times: list) -> float:
    """Has the files read again, and asks until they are in force; how long that took, in ms."""
    version = ask(client, reader)[1]
    os.kill(process, signal.SIGHUP)
    start = time.perf_counter()
    while True:
        milliseconds, now = ask(client, reader)
        times.append(milliseconds)
        if now != version:
            return (time.perf_counter() - start) * 1000
        if time.perf_counter() - start > DEADLINE_SECONDS:
            raise SystemExit("scripts/bench: the reload does not come about")
        time.sleep(1 / ASKS_A_SECOND)


def ask(client: socket.socket, reader) -> tuple:
    """How long an answer takes, in ms, and which load is in force."""
    start = time.perf_counter()
    client.sendall(b'{"request":"status"}\n')
    answer = json.loads(reader.readline())
    return (time.perf_counter() - start) * 1000, answer["status"]["snapshotVersion"]
