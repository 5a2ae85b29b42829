"""What the measurements of scripts/bench have in common."""

import pathlib
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
WAYS = {"sallyport": "alice.web1", "direct": "direct.web1", "jump": "jump.web1"}
# A way that needs longer than this is broken, and the benchmark says so instead of waiting.
DEADLINE_SECONDS = 120


class Lab:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.config = folder / "ssh_config"

    def ssh(self, way: str, *command: str, options: tuple = ()) -> list:
        return ["ssh", "-F", str(self.config), *options, WAYS[way], *command]

    def environment(self) -> dict:
        lines = (self.folder / "env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line and line[0] != "#")


def run(command: list, **arguments) -> subprocess.CompletedProcess:
    return subprocess.run(command, check=True, timeout=DEADLINE_SECONDS, **arguments)


def milliseconds(command: list, **arguments) -> float:
    """How long it takes."""
    start = time.perf_counter()
    run(command, **arguments)
    return (time.perf_counter() - start) * 1000


def in_turn(ways: Iterable, rounds: int, measure: Callable) -> dict:
    """What `measure` says of each way, once in a round; one more round, the first, does not count."""
    figures = {way: [] for way in ways}
    for turn in range(rounds + 1):
        for way, values in figures.items():
            value = measure(way)
            if turn > 0:
                values.append(value)
    return figures


def percentile(values: list, share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def report(title: str, unit: str, figures: dict, lower_is_better: bool = True) -> None:
    print(f"\n{title} ({unit}; n = {len(next(iter(figures.values())))} rounds)")
    print(f"{'':>12} {'median':>10} {'p10':>10} {'p90':>10}   sallyport against it")
    ours = statistics.median(figures["sallyport"])
    for way, values in figures.items():
        median = statistics.median(values)
        ratio = "" if way == "sallyport" else f"{ours / median:6.2f} x"
        print(
            f"{way:>12} {median:10.2f} {percentile(values, 0.1):10.2f}"
            f" {percentile(values, 0.9):10.2f}   {ratio}")
    print("  " + ("lower" if lower_is_better else "higher") + " is better")
