"""Clients that make deciders loop and swell, beside sessions of others."""

import statistics
import subprocess
import threading
import time
from collections.abc import Callable

from measuring import DEADLINE_SECONDS, Lab, percentile
from sessions import echo_sessions, there_and_back

ATTACKERS = 20
# As long as one argument of ssh may be.
TEXT_BYTES = 94 * 1024
LAB_OPTIONS = ["--guard"]


def attack(own_lab: Callable, sessions: int, seconds: int) -> None:
    with own_lab(*LAB_OPTIONS) as lab, echo_sessions(lab, sessions) as clients:
        quiet = echo_times(clients, seconds)
        with Attack(lab) as attacking:
            attacked = echo_times(clients, seconds)
            start = time.perf_counter()
            environment = lab.environment()
            subprocess.run(
                [environment["SALLYPORT"], "lock", "human:alice", "--config", environment["CONFIG"]],
                check=True, timeout=DEADLINE_SECONDS, stdout=subprocess.DEVNULL)
            answered = time.perf_counter() - start
            for client in clients:
                client.wait(DEADLINE_SECONDS)
            locked = time.perf_counter() - start
    print(f"\n{sessions} sessions beside {ATTACKERS} clients that ask what takes a decider longest,"
          f" for {seconds} s: {attacking.asked} answers, {attacking.permitted} permitted")
    for title, values in (("before", quiet), ("meanwhile", attacked)):
        print(f"{title:>12}: a line and back {statistics.median(values):.1f} ms (median),"
              f" {percentile(values, 0.99):.1f} (p99), {max(values):.1f} (most)")
    print(f"  `lock` answered after {answered:.2f} s; all sessions of the locked ended after {locked:.2f} s"
          " (at most 1)")


def echo_times(clients: list, seconds: int) -> list:
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        for client in clients:
            start = time.perf_counter()
            there_and_back(client)
            times.append((time.perf_counter() - start) * 1000)
            # Nobody types faster; the others are to have the processor.
            time.sleep(0.002)
    return times


class Attack:
    """Each attacker asks again as soon as it is answered, never the same."""

    def __init__(self, lab: Lab):
        self.lab = lab
        self.asked = self.permitted = 0
        self.is_over = threading.Event()
        self.guard = threading.Lock()

    def __enter__(self) -> "Attack":
        self.threads = [
            threading.Thread(target=self.ask, args=(number,)) for number in range(ATTACKERS)
        ]
        for thread in self.threads:
            thread.start()
        return self

    def ask(self, attacker: int) -> None:
        number = 0
        while not self.is_over.is_set():
            text = TEXTS[number % len(TEXTS)](f": {attacker} {number};")
            number += 1
            command = self.lab.ssh("sallyport", text)
            command[command.index("alice.web1")] = "copilot.web1"
            status = subprocess.run(
                command, check=False, timeout=DEADLINE_SECONDS, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
            with self.guard:
                self.asked += 1
                self.permitted += status == 0

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join(DEADLINE_SECONDS)


def numbered(start: str, text: Callable, end: str) -> str:
    parts, size, number = [start], len(start) + len(end), 0
    while size < TEXT_BYTES:
        parts.append(text(number))
        size += len(parts[-1])
        number += 1
    return "".join(parts) + end


# What took longest, or most memory, of all that `scripts/bench decisions` tries.
TEXTS = [
    lambda start: numbered(
        f"{start}shopt -s expand_aliases\n",
        lambda number: f"alias a{number}='a{number + 1} x; a{number + 1} '\n", "a0\n"),
    lambda start: numbered(start, lambda number: f"[ a ] && v{number}=x;", ":"),
    lambda start: numbered(f"{start}x=aaaaaaaa;", lambda _: "x=$x$x;", "ls $x"),
    lambda start: numbered(f"{start}echo a >f;", lambda _: "cat f f >g;cat g g >f;", "sh f"),
]
