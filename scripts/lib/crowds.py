"""Many sessions at once, and connections for a long time."""

import os
import pathlib
import statistics
import subprocess
import threading
import time
from collections.abc import Callable

from measuring import DEADLINE_SECONDS, Lab, in_turn, milliseconds, percentile
from sessions import idle_sessions

PER_MINUTE = 200
# Of one principal's; otherwise it has a quarter of all connections.
LAB_OPTIONS = [
    "--set", "limits.connections=2000", "--set", "limits.connections-per-principal=2000",
]


def crowd(own_lab: Callable, count: int, rounds: int) -> None:
    with own_lab(*LAB_OPTIONS) as lab:
        hold_many(lab, count, rounds)


def sustained(own_lab: Callable, seconds: int) -> None:
    with own_lab(*LAB_OPTIONS) as lab:
        keep_connecting(lab, seconds)


def hold_many(lab: Lab, count: int, rounds: int) -> None:
    """How long it takes to connect while many sessions are held."""
    before = connect_times(lab, rounds)
    with idle_sessions(lab, count):
        held = connect_times(lab, rounds)
        sizes = session_sizes(lab)[-count:]
        authority = proportional_bytes(authority_process(lab))
    print(f"\n{count} sessions held: connect, run `true`, close (ms; n = {rounds} rounds)")
    for title, values in (("with none", before), (f"with {count}", held)):
        print(f"{title:>12} {statistics.median(values):10.2f} {percentile(values, 0.1):10.2f}"
              f" {percentile(values, 0.9):10.2f}")
    print(
        f"  {statistics.median(held) / statistics.median(before):.2f} x (at most 2);"
        f" MiB PSS of a session: {statistics.median(sizes) / (1 << 20):.2f} (median),"
        f" {max(sizes) / (1 << 20):.2f} (most); of the authority: {authority / (1 << 20):.1f}")


def keep_connecting(lab: Lab, seconds: int) -> None:
    """Whether anything grows while clients come and go."""
    process = authority_process(lab)
    connect_times(lab, 10)
    states = [state(lab, process)]
    times, failures = [], []
    workers = []
    start = time.monotonic()
    for number in range(seconds * PER_MINUTE // 60):
        # At these moments, however long the ones before take.
        time.sleep(max(0.0, start + number * 60 / PER_MINUTE - time.monotonic()))
        worker = threading.Thread(target=one, args=(lab, times, failures))
        worker.start()
        workers.append(worker)
        if (number + 1) % (PER_MINUTE * seconds // 60 // 4) == 0:
            states.append(state(lab, process))
    for worker in workers:
        worker.join(DEADLINE_SECONDS)
    states.append(state(lab, process))
    quarter = max(1, len(times) // 4)
    first, last = times[:quarter], times[-quarter:]
    print(f"\n{PER_MINUTE} connections a minute for {seconds} s: {len(times)}, {len(failures)} failed")
    for title, values in (("first quarter", first), ("last quarter", last)):
        middle, most = statistics.median(values), percentile(values, 0.99)
        print(f"{title:>16}: {middle:.1f} ms (median), {most:.1f} (p99)")
    for name in states[0]:
        print(f"{name:>16}: " + " -> ".join(f"{one[name]:.1f}" for one in states))


def one(lab: Lab, times: list, failures: list) -> None:
    try:
        times.append(milliseconds(lab.ssh("sallyport", "true"), stdin=subprocess.DEVNULL))
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        failures.append(error)


def state(lab: Lab, process: int) -> dict:
    """Of the authority, but for the last: how many processes serve clients or wait for one."""
    return {
        "MiB PSS": proportional_bytes(process) / (1 << 20),
        "descriptors": len(os.listdir(f"/proc/{process}/fd")),
        "threads": len(os.listdir(f"/proc/{process}/task")),
        "sessions": len(session_sizes(lab)),
    }


def connect_times(lab: Lab, rounds: int) -> list:
    return in_turn(["sallyport"], rounds, lambda way: milliseconds(lab.ssh(way, "true")))["sallyport"]


def authority_process(lab: Lab) -> int:
    return int((lab.folder / "run/bastion").read_text().split()[0])


def proportional_bytes(pid: int) -> int:
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        for line in file:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def session_sizes(lab: Lab) -> list:
    """Of the processes that serve, or wait to, in ascending order."""
    program = os.path.realpath(lab.environment()["SALLYPORT_SESSION"])
    parent, sizes = authority_process(lab), []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if not entry.name.isdigit() or os.path.realpath(entry / "exe") != program:
                continue
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            if int(fields[1]) == parent:
                sizes.append(proportional_bytes(int(entry.name)))
        except OSError:
            continue  # it ended in between
    return sorted(sizes)
