"""The parser of ShellSyntax beside mvdan/sh and `bash -n`: a measurement of scripts/bench."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

from measuring import REPOSITORY, percentile, report, run

FIXTURES = REPOSITORY / "Tests/Fixtures/syntax"
SCRIPTS = ["/usr/bin", "/usr/sbin", "/etc", "/usr/lib/git-core", "/usr/share/bash-completion"]
# bash reads foreign texts only as an ordinary user with an empty environment, and runs nothing.
BASH = ["bash", "-n"]
if os.geteuid() == 0:
    BASH = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *BASH]
# The large file is no smaller than this, and no larger than a text may be for the parser.
LARGE_BYTES, MOST_BYTES = 4 << 20, 15 << 20


class Harness:
    """A program that reads texts once and parses all of them for each line that it is given."""

    def __init__(self, program: pathlib.Path, texts: pathlib.Path, count: int):
        self.process = subprocess.Popen(
            [str(program), str(texts)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        refused = {int(number) for number in self.process.stdout.readline().split()}
        self.accepted = [number not in refused for number in range(count)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def ask(self, line: str) -> list:
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return [int(word) for word in self.process.stdout.readline().split()]


def parse(rounds: int, file_rounds: int) -> None:
    missing = [tool for tool in ("go", "gcc") if shutil.which(tool) is None]
    if missing:
        raise SystemExit(f"scripts/bench: {missing[0]} is missing: run scripts/install bench")
    with tempfile.TemporaryDirectory(prefix="sallyport-bench-") as name:
        folder = pathlib.Path(name)
        programs = _build(folder)
        typical = typical_texts()
        _measure_lines(programs, typical, folder, rounds)
        _count_allocations(programs, typical, folder)
        _measure_file(programs, typical, folder, file_rounds)


def _build(folder: pathlib.Path) -> dict:
    swift = ["swift", "build", "--configuration", "release", "--product", "parser-speed"]
    # From a fresh clone this takes minutes.
    subprocess.run(swift, cwd=REPOSITORY, stdout=subprocess.DEVNULL, check=True)
    environment = {
        **os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode",
        "GOCACHE": str(folder / "go"), "GOFLAGS": "",
    }
    go = ["go", "build", "-o", str(folder / "mvdan-speed"), "./scripts/lib/mvdan-speed"]
    subprocess.run(go, cwd=REPOSITORY, env=environment, check=True)
    run(["gcc", "-O2", "-shared", "-fPIC", "-o", str(folder / "allocations.so"),
         str(REPOSITORY / "scripts/lib/allocations.c")])
    return {
        "sallyport": REPOSITORY / ".build/release/parser-speed",
        "mvdan/sh": folder / "mvdan-speed",
    }


def typical_texts() -> list:
    lines = (FIXTURES / "typical-lines.txt").read_text().split("\n")
    blocks = (FIXTURES / "typical-texts.txt").read_text().rstrip("\n").split("\n%%\n")
    return [line for line in lines if line] + blocks


@contextlib.contextmanager
def _harnesses(programs: dict, texts: list, folder: pathlib.Path):
    file = folder / "texts"
    file.write_bytes(b"".join(os.fsencode(text) + b"\0" for text in texts))
    with contextlib.ExitStack() as stack:
        yield {
            name: stack.enter_context(Harness(program, file, len(texts)))
            for name, program in programs.items()
        }


def _measure_lines(programs: dict, texts: list, folder: pathlib.Path, rounds: int) -> None:
    """Every round parses each text once with each parser, and has the percentiles of the texts."""
    shares = {"p50": 0.5, "p99": 0.99}
    figures = {share: {name: [] for name in programs} for share in shares}
    with _harnesses(programs, texts, folder) as harnesses:
        for turn in range(rounds + 3):
            for name, harness in harnesses.items():
                times = [nanoseconds / 1000 for nanoseconds in harness.ask("round")]
                if turn >= 3:
                    for share, value in shares.items():
                        figures[share][name].append(percentile(times, value))
        for name, harness in harnesses.items():
            if not all(harness.accepted):
                raise SystemExit(f"scripts/bench: {name} does not accept all typical lines")
    for share in shares:
        report(f"parse: {share} of {len(texts)} typical command lines", "us", figures[share])


def _count_allocations(programs: dict, texts: list, folder: pathlib.Path) -> None:
    print(f"\nparse: allocated for each of {len(texts)} typical command lines (mean)")
    with _harnesses(programs, texts, folder) as harnesses:
        blocks, size = harnesses["mvdan/sh"].ask("allocations")
    counts = {"sallyport": _preloaded(programs["sallyport"], folder), "mvdan/sh": (blocks, size)}
    for name, (blocks, size) in counts.items():
        print(f"{name:>12} {blocks / len(texts):10.1f} blocks {size / len(texts):10.0f} bytes")


def _preloaded(program: pathlib.Path, folder: pathlib.Path) -> tuple:
    """What ten rounds allocate more than none, of which the answers are little."""
    def counted(rounds: int) -> list:
        done = subprocess.run(
            [str(program), str(folder / "texts")], input="round\n" * rounds, text=True, check=True,
            env={**os.environ, "LD_PRELOAD": str(folder / "allocations.so")},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        return [int(word) for word in done.stderr.split()[-2:]]
    none, ten = counted(0), counted(10)
    return tuple((more - less) / 10 for less, more in zip(none, ten))


def _measure_file(programs: dict, typical: list, folder: pathlib.Path, rounds: int) -> None:
    """As a whole, and pulled: command by command, as bash reads, so that no tree of the whole is kept."""
    text = _large_text(programs, typical, folder)
    lines = text.count("\n")
    file = folder / "large.sh"
    file.write_bytes(os.fsencode(text))
    figures = {name: [] for name in [*programs, "pulled", "bash -n"]}
    with _harnesses(programs, [text], folder) as harnesses:
        for name, harness in harnesses.items():
            if not all(harness.accepted):
                raise SystemExit(f"scripts/bench: {name} does not accept the large file")
        for turn in range(rounds + 1):
            for name in figures:
                if name in harnesses:
                    seconds = harnesses[name].ask("round")[0] / 1e9
                elif name == "pulled":
                    seconds = harnesses["sallyport"].ask("pull")[0] / 1e9
                else:
                    start = time.perf_counter()
                    with file.open("rb") as text_file:
                        run(BASH, stdin=text_file, env={})
                    seconds = time.perf_counter() - start
                if turn > 0:
                    figures[name].append(lines / seconds / 1e6)
    title = f"parse: one file of {file.stat().st_size / 1e6:.1f} MB"
    report(f"{title} and {lines} lines", "million lines/s", figures, lower_is_better=False)


def _large_text(programs: dict, typical: list, folder: pathlib.Path) -> str:
    """The typical lines and the machine's scripts that all accept, as often as it takes."""
    scripts = sorted(
        text for root in SCRIPTS for path in pathlib.Path(root).rglob("*")
        if (text := _script(path)) is not None)
    with _harnesses(programs, scripts, folder) as harnesses:
        accepted = [all(harness.accepted[number] for harness in harnesses.values())
                    for number in range(len(scripts))]
    scripts = [
        script for number, script in enumerate(scripts) if accepted[number]
        and subprocess.run(BASH, input=os.fsencode(script), stderr=subprocess.PIPE, env={},
                           check=False).stderr == b""]
    body = "\n".join(typical + scripts) + "\n"
    size = len(os.fsencode(body))
    return body * max(1, min(MOST_BYTES // size, -(-LARGE_BYTES // size)))


def _script(path: pathlib.Path):
    """The text of a shell script; None of anything else, and of one that changes the language."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > 1 << 20:
        return None
    with path.open("rb") as file:
        head = file.read(64).split(b"\n")[0]
        is_completion = "bash-completion/completions" in str(path)
        if not (head.startswith(b"#!") and head.rstrip().endswith(b"sh") or is_completion):
            return None
        text = head + b"\n" + path.read_bytes()[len(head) + 1:]
    changes = (b"extglob", b"posix", b"alias", b"\0")
    return None if any(word in text for word in changes) else os.fsdecode(text)
