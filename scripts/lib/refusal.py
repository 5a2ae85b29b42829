"""Whether the time of a refusal tells which targets exist: a measurement of scripts/bench."""

import contextlib
import pathlib
import statistics
import subprocess
import tempfile
import time

from measuring import DEADLINE_SECONDS, Lab, in_turn, percentile, run

# A target that alice is granted as one of its two logins, and one that she is not granted.
INVENTORY = """
targets:
  bench-open:
    address: 127.0.0.1:{port}
    logins: [{login}, bench-other]
    host-keys: ["{key}"]
  bench-closed:
    address: 127.0.0.1:{port}
    logins: [{login}]
    host-keys: ["{key}"]
grants:
  - name: bench-open
    principals: ["human:alice"]
    targets: {{names: [bench-open]}}
    logins: [{login}]
    requests: [exec]
{grants}"""
# So many more that it shows when not every refusal looks through all of them.
GRANTS = 5000
GRANT = """  - principals: ["human:alice"]
    targets: {names: [bench-open]}
    logins: [bench-third]
    requests: [exec]
"""


def refusal(lab: Lab, tries: int) -> None:
    """Unknown and known targets in turn; the first of them twice, which shows the noise."""
    login = lab.environment()["LOGIN"]
    with tempfile.TemporaryDirectory() as folder, _targets(lab, login):
        _after_sign_in(lab, tries, login, pathlib.Path(folder))
        _before_sign_in(lab, tries, login, pathlib.Path(folder))


@contextlib.contextmanager
def _targets(lab: Lab, login: str):
    environment = lab.environment()
    file = pathlib.Path(environment["CONFIG"]).parent / "inventory.d/bench.yaml"
    reload = [environment["SALLYPORT"], "reload", "--config", environment["CONFIG"]]
    port = (lab.folder / "run/web1.port").read_text().strip()
    key = (lab.folder / "targets/web1/host_ed25519.pub").read_text().strip()
    file.write_text(
        INVENTORY.format(port=port, key=key, login=login, grants=GRANT * GRANTS))
    try:
        run(reload, stdout=subprocess.DEVNULL)
        yield
    finally:
        file.unlink()
        run(reload, stdout=subprocess.DEVNULL)


def _after_sign_in(lab: Lab, tries: int, login: str, folder: pathlib.Path) -> None:
    """A session each on a connection that stands: nothing is measured but the refusal."""
    users = {
        "unknown target": f"{login}@nowhere",
        "the same again": f"{login}@nowhere",
        "forbidden target": f"{login}@bench-closed",
        "login not granted": "bench-other@bench-open",
        "login it has not": "bench-none@bench-open",
        "unknown, no login": "nowhere",
        "forbidden, no login": "bench-closed",
    }
    with contextlib.ExitStack() as stack:
        commands = {}
        for number, (name, user) in enumerate(users.items()):
            ssh = ["ssh", "-F", str(lab.config), "-S", str(folder / str(number)), "-l", user]
            stack.enter_context(_connection(ssh))
            commands[name] = [*ssh, "alice.bastion", "true"]
        _measure("refusal after the sign-in, a session each on one connection", commands, tries, 77)


@contextlib.contextmanager
def _connection(ssh: list):
    with subprocess.Popen([*ssh, "-M", "-N", "alice.bastion"], stdin=subprocess.DEVNULL) as main:
        check = [*ssh, "-O", "check", "alice.bastion"]
        deadline = time.monotonic() + DEADLINE_SECONDS
        while subprocess.run(check, stderr=subprocess.DEVNULL, check=False).returncode != 0:
            if main.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("scripts/bench: the connection to the bastion does not stand")
            time.sleep(0.05)
        try:
            yield
        finally:
            main.terminate()


def _before_sign_in(lab: Lab, tries: int, login: str, folder: pathlib.Path) -> None:
    """A connection each with a key that nobody has."""
    key = folder / "key"
    run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)])
    port = lab.environment()["PORT"]
    ssh = [
        "ssh", "-F", "none", "-i", str(key), "-p", port, "-o", "IdentityAgent=none", "-o",
        "BatchMode=yes", "-o", f"UserKnownHostsFile={lab.folder}/known_hosts", "-l",
    ]
    users = {
        "unknown target": f"{login}@nowhere",
        "the same again": f"{login}@nowhere",
        "known target": f"{login}@web1",
        "login it has not": "bench-none@web1",
        "no target at all": "alice",
    }
    commands = {name: [*ssh, user, "127.0.0.1", "true"] for name, user in users.items()}
    _measure("refusal of the sign-in, a connection each", commands, tries, 255)


def _measure(title: str, commands: dict, tries: int, status: int) -> None:
    texts = set()

    def refused(name: str) -> float:
        command = commands[name]
        start = time.perf_counter()
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=DEADLINE_SECONDS, check=False)
        elapsed = (time.perf_counter() - start) * 1000
        if done.returncode != status:
            raise SystemExit(f"scripts/bench: {command}: {done}")
        user = command[command.index("-l") + 1]
        texts.add((done.stdout, done.stderr.replace(user.encode(), b"USER")))
        return elapsed

    figures = in_turn(commands, tries, refused)
    first = statistics.median(next(iter(figures.values())))
    print(f"\n{title} (ms; n = {tries} tries; {len(texts)} different text)")
    print(f"{'':>20} {'median':>9} {'p10':>9} {'p90':>9}   difference of medians")
    for name, values in figures.items():
        median = statistics.median(values)
        print(
            f"{name:>20} {median:9.3f} {percentile(values, 0.1):9.3f}"
            f" {percentile(values, 0.9):9.3f}   {median - first:+.3f}")
