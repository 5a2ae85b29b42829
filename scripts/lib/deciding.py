"""Decisions, from the bytes of a command line to the verdict: a measurement of scripts/bench."""

import os
import pathlib
import re
import statistics
import subprocess
import tempfile

from measuring import REPOSITORY, percentile
from parsing import typical_texts

# What the product promises, in microseconds, and in milliseconds of processor time for a hostile text.
P50_MICROSECONDS, P99_MICROSECONDS, HOSTILE_MILLISECONDS = 20, 100, 100
# Which sets the allocation of a decider.
STARTING = REPOSITORY / "Sources/Authority/Deciding/DeciderProcess.swift"


class Decider:
    """A process that has read the shipped policy of production and all knowledge.

    It is built and started as `sallyport-decide` is where it is deployed: by scripts/optimize, and with
    the same allocation."""

    def __init__(self, texts: pathlib.Path):
        program = REPOSITORY / ".build/optimized/release/decision-speed"
        self.process = subprocess.Popen(
            [str(program), str(REPOSITORY / "policies"), str(texts)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"GLIBC_TUNABLES": allocation()})
        self.loading_nanoseconds = int(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def ask(self, question: str) -> str:
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().rstrip("\n")

    def ask_for_lines(self, question: str) -> list:
        """An answer of several lines, which an empty one ends."""
        lines = [self.ask(question)]
        while lines[-1]:
            lines.append(self.process.stdout.readline().rstrip("\n"))
        return lines[:-1]


def allocation() -> str:
    found = re.search(r'"GLIBC_TUNABLES=([^"]+)"', STARTING.read_text(encoding="utf-8"))
    if not found:
        raise SystemExit(f"scripts/bench: {STARTING} sets no GLIBC_TUNABLES")
    return found[1]


def decide(rounds: int) -> None:
    # From a fresh clone this takes ten minutes.
    subprocess.run([REPOSITORY / "scripts/optimize", "decision-speed"],
                   stdout=subprocess.DEVNULL, check=True)
    texts = typical_texts()
    with tempfile.TemporaryDirectory(prefix="sallyport-bench-") as name:
        file = pathlib.Path(name) / "texts"
        file.write_bytes(b"".join(os.fsencode(text) + b"\0" for text in texts))
        with Decider(file) as decider:
            _measure_lines(decider, texts, rounds)
            _measure_hostile(decider)
        _measure_loading(file)


def _measure_lines(decider: Decider, texts: list, rounds: int) -> None:
    """Every round decides each text once, and has the percentiles of the texts."""
    shares = {"p50": (0.5, P50_MICROSECONDS), "p99": (0.99, P99_MICROSECONDS)}
    figures = {share: [] for share in shares}
    for turn in range(rounds + 3):
        times = [int(word) / 1000 for word in decider.ask("round").split()]
        if turn >= 3:
            for share, (value, _) in shares.items():
                figures[share].append(percentile(times, value))
    rulings = decider.ask("rulings").split()
    counts = ", ".join(f"{rulings.count(name)} {name}" for name in ("permit", "review", "deny"))
    print(f"\ndecisions: {len(texts)} typical command lines ({counts}), microseconds; {rounds} rounds")
    print(f"{'':>12} {'median':>10} {'p10':>10} {'p90':>10}   wanted")
    for share, values in figures.items():
        print(
            f"{share:>12} {statistics.median(values):10.2f} {percentile(values, 0.1):10.2f}"
            f" {percentile(values, 0.9):10.2f}   at most {shares[share][1]}")


def _measure_hostile(decider: Decider) -> None:
    before = int(decider.ask("memory"))
    lines = [line.split("\t") for line in decider.ask_for_lines("hostile")]
    grown = int(decider.ask("memory")) - before
    print("\ndecisions: hostile texts, milliseconds of processor time; the slowest of each size")
    for size in sorted({int(line[1]) >> 19 for line in lines}):
        of_size = [line for line in lines if int(line[1]) >> 19 == size]
        of_size.sort(key=lambda line: -int(line[2]))
        slow = sum(int(line[2]) > HOSTILE_MILLISECONDS * 1e6 for line in of_size)
        print(f"  {len(of_size)} texts, {slow} of them above {HOSTILE_MILLISECONDS} ms")
        for name, count, nanoseconds, ruling in of_size[:8]:
            print(f"{int(nanoseconds) / 1e6:12.1f}  {name} ({int(count) >> 10} KiB): {ruling}")
    print(f"  peak memory: {before / 1e6:.1f} MB before, {grown / 1e6:.1f} MB more for them")


def _measure_loading(file: pathlib.Path) -> None:
    times = []
    for _ in range(5):
        with Decider(file) as decider:
            times.append(decider.loading_nanoseconds / 1e6)
    print(f"\ndecisions: policy and knowledge are read in {statistics.median(times):.0f} ms (median of 5)")
