"""What the authority does itself: a large inventory, lookups in it, and certificates."""

import base64
import os
import pathlib
import statistics
import struct
import subprocess
import tempfile

from measuring import REPOSITORY, percentile, run

TARGETS, PRINCIPALS, GRANTS = 5_000, 500, 200
READ_SECONDS, READ_MEGABYTES, LOOKUP_MICROSECONDS, MINT_MICROSECONDS = 1, 100, 20, 150


def authority() -> None:
    program = build()
    with tempfile.TemporaryDirectory(prefix="sallyport-bench-") as folder:
        inventory = pathlib.Path(folder) / "inventory.yaml"
        write_inventory(inventory)
        size = inventory.stat().st_size / 1e6
        figures = {}
        for _ in range(5):
            output = run([program, str(inventory)], capture_output=True, text=True).stdout
            for line in output.splitlines():
                name, *numbers = line.split()
                figures.setdefault(name, []).append([int(number) for number in numbers])
    print(f"\nauthority: {TARGETS} targets, {PRINCIPALS} principals, {GRANTS} grants ({size:.1f} MB)")
    print(f"{'':>26} {'median':>10} {'p10':>10} {'p90':>10}   wanted")
    tell("inventory read, ms", [time / 1e6 for time, _ in figures["read"]], READ_SECONDS * 1000)
    tell("memory for it, MB", [memory / 1e6 for _, memory in figures["read"]], READ_MEGABYTES)
    tell("lookup, us", [time / 1e3 for time, in figures["lookup"]], LOOKUP_MICROSECONDS)
    tell("certificate, us", [time / 1e3 for time, in figures["mint"]], MINT_MICROSECONDS)


def tell(name: str, values: list, wanted: float) -> None:
    print(
        f"{name:>26} {statistics.median(values):10.2f} {percentile(values, 0.1):10.2f}"
        f" {percentile(values, 0.9):10.2f}   at most {wanted}")


def build() -> str:
    command = [
        "swift", "build", "--configuration", "release", "--static-swift-stdlib", "--product",
        "authority-speed",
    ]
    subprocess.run(command, check=True, cwd=REPOSITORY, stdout=subprocess.DEVNULL)
    return str(REPOSITORY / ".build/release/authority-speed")


def write_inventory(path: pathlib.Path) -> None:
    """Each role is granted some targets by their labels, and each principal has some of the roles."""
    roles = [f"role{number}" for number in range(50)]
    environments = ["production", "staging", "development"]
    with path.open("w", encoding="utf-8") as file:
        file.write(f"roles: [{', '.join(roles)}]\nprincipals:\n")
        for number in range(PRINCIPALS):
            own = ", ".join(sorted({roles[(number * step) % len(roles)] for step in (1, 7, 11)}))
            file.write(f"  human:person{number}:\n    roles: [{own}]\n    keys: [\"{key()}\"]\n")
        file.write("targets:\n")
        for number in range(TARGETS):
            environment = environments[number % len(environments)]
            file.write(
                f"  host{number}:\n    address: 10.{number >> 16}.{number >> 8 & 255}.{number & 255}:22\n"
                f"    labels: {{env: {environment}, service: service{number % 100}}}\n"
                f"    logins: [deploy, postgres, root]\n    host-keys: [\"{key()}\"]\n")
        file.write("grants:\n")
        for number in range(GRANTS):
            file.write(
                f"  - name: grant{number}\n    roles: [{roles[number % len(roles)]}]\n"
                f"    targets: {{labels: {{service: service{number % 100}}}}}\n"
                "    logins: [deploy]\n    requests: [exec, shell]\n")


def key() -> str:
    """A public key of which nobody has the other half."""
    name, point = b"ssh-ed25519", os.urandom(32)
    blob = b"".join(struct.pack("!I", len(part)) + part for part in (name, point))
    return f"ssh-ed25519 {base64.b64encode(blob).decode()}"
