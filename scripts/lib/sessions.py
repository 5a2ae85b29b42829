"""Sessions of stock clients that are held while something is measured."""

import contextlib
import subprocess
from collections.abc import Callable

from measuring import DEADLINE_SECONDS, Lab

# So many sign in at once; more wait for each other anyhow.
AT_ONCE = 8


@contextlib.contextmanager
def sessions(count: int, begin: Callable, await_start: Callable):
    """So many processes of `begin`, a few at a time; each of which `await_start` waits for."""
    clients = []
    try:
        while len(clients) < count:
            fresh = [begin() for _ in range(min(AT_ONCE, count - len(clients)))]
            clients += fresh
            for client in fresh:
                await_start(client)
        yield clients
    finally:
        for client in clients:
            client.terminate()
        for client in clients:
            client.wait(DEADLINE_SECONDS)


def idle_sessions(lab: Lab, count: int):
    """So many that do nothing."""
    return sessions(
        count,
        lambda: subprocess.Popen(
            lab.ssh("sallyport", "echo ready; sleep 3600"), stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
        await_ready)


def await_ready(client: subprocess.Popen) -> None:
    if client.stdout.readline() != b"ready\n":
        raise SystemExit("scripts/bench: a session did not begin")


def echo_sessions(lab: Lab, count: int):
    """So many that give back what they are given."""
    return sessions(
        count,
        lambda: subprocess.Popen(
            lab.ssh("sallyport", "cat"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL),
        there_and_back)


def there_and_back(client: subprocess.Popen) -> None:
    client.stdin.write(b"x\n")
    client.stdin.flush()
    if client.stdout.readline() != b"x\n":
        raise SystemExit("scripts/bench: a session ended in between")
