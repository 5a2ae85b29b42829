"""Connecting over a distance: the client, the bastion and the target are not at one place.

Each way leads over the same distances: straight to the target over both of them, Sallyport and an
OpenSSH jump host over one and then the other.
"""

import pathlib
import statistics
from collections.abc import Callable

from distance import HERE, Distance
from measuring import Lab, in_turn, milliseconds, report, run

# Where the bastion and the jump host are for the client, the target for these two, and the target for
# the client.
BASTION, BEHIND, STRAIGHT = "10.99.0.2", "10.99.0.3", "10.99.0.4"
LAB_OPTIONS = [
    "--also-at", HERE, "--set", f"target.web1.address={BEHIND}",
    # The target sees the bastion at the address that the packets come back from.
    "--set", f"target.web1.source-address=[{BEHIND}/32]",
]
# Round trips in milliseconds: to the bastion, and from there to the target.
PLACES = {"the client is far away": (40, 1), "the target is far away": (1, 40)}
HOSTS = {
    "sallyport": ("alice.web1", BASTION), "direct": ("direct.web1", STRAIGHT),
    "jump": ("jump.web1", BEHIND), "jump-host": ("direct.jump", BASTION),
}


def far(own_lab: Callable, rounds: int) -> None:
    with Distance() as distance, own_lab(*LAB_OPTIONS) as lab:
        config = lab.folder / "ssh_config.far"
        write_config(lab, config)
        for place, (first, second) in PLACES.items():
            distance.be({BASTION: first, BEHIND: second, STRAIGHT: first + second})
            title = f"{place}: {first} ms to the bastion, {second} ms behind"
            measure(config, rounds, title, distance)


def measure(config: pathlib.Path, rounds: int, title: str, distance: Distance) -> None:
    def connected(way: str) -> tuple:
        distance.turns()
        took = milliseconds(["ssh", "-F", str(config), f"far.{way}", "true"])
        return took, distance.turns()

    figures = in_turn([way for way in HOSTS if way != "jump-host"], rounds, connected)
    report(
        f"connect, run `true`, close; {title}", "ms",
        {way: [took for took, _ in pairs] for way, pairs in figures.items()})
    for way, pairs in figures.items():
        legs = {
            name: statistics.median(counts[address] for _, counts in pairs) / 2
            for name, address in (
                ("to the bastion", BASTION), ("behind it", BEHIND), ("straight", STRAIGHT))
        }
        told = ", ".join(f"{trips:g} {name}" for name, trips in legs.items() if trips > 0)
        print(f"  round trips, {way}: {told}")


def write_config(lab: Lab, config: pathlib.Path) -> None:
    """The lab's aliases at the far addresses; keys of hosts are known by the near ones."""
    blocks = []
    for way, (alias, address) in HOSTS.items():
        known = {
            key: value for key, value in (
                line.split(" ", 1) for line in run(
                    ["ssh", "-F", str(lab.config), "-G", alias], capture_output=True, text=True
                ).stdout.splitlines() if " " in line)
            if key in ("user", "port", "identityfile")
        }
        blocks.append(
            f"Host far.{way}\n    HostName {address}\n    User {known['user']}\n"
            f"    Port {known['port']}\n    IdentityFile \"{known['identityfile']}\"\n"
            f"    HostKeyAlias [127.0.0.1]:{known['port']}\n"
            + ("    ProxyJump far.jump-host\n" if way == "jump" else ""))
    config.write_text(
        "# Written by scripts/bench.\n" + "".join(blocks) + f'Host *\nInclude "{lab.config}"\n',
        encoding="utf-8")
