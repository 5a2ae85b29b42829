"""What automation does with a bastion: a play of Ansible's, and many channels on one connection."""

import os
import pathlib
import subprocess
import tempfile
import time
from collections.abc import Callable

from measuring import DEADLINE_SECONDS, Lab, in_turn, milliseconds, report

TASKS, CHANNELS = 20, 20
# As sshd is set up by default, so that a target drops connections as soon as ten are at it.
LAB_OPTIONS = ["--set", "sshd.web1.MaxStartups=10:30:100"]


def automation(own_lab: Callable, rounds: int) -> None:
    with (
        own_lab(*LAB_OPTIONS) as lab,
        tempfile.TemporaryDirectory(prefix="sallyport-bench-") as name,
    ):
        # The account on the target writes into it.
        folder = pathlib.Path(name)
        folder.chmod(0o777)
        play(lab, folder, rounds)
        channels(lab, folder, rounds)


def play(lab: Lab, folder: pathlib.Path, rounds: int) -> None:
    book = folder / "play.yaml"
    book.write_text(text_of_play(folder), encoding="utf-8")
    aliases = {"sallyport": "alice", "direct": "direct"}

    def played(way: str) -> float:
        hosts = folder / f"hosts-{way}"
        hosts.write_text(f"{aliases[way]}.web1\n{aliases[way]}.db1\n", encoding="utf-8")
        # Each round begins without a connection.
        with tempfile.TemporaryDirectory(dir=folder) as sockets:
            took = milliseconds(
                ["ansible-playbook", "-i", str(hosts), str(book)],
                env=environment(lab, sockets), stdout=subprocess.DEVNULL)
            end_masters(pathlib.Path(sockets))
        return took / 1000

    figures = in_turn(aliases, rounds, played)
    report(f"a play of {TASKS} tasks on 2 targets, pipelined, on connections that are kept", "s", figures)


def environment(lab: Lab, sockets: str) -> dict:
    return os.environ | {
        "HOME": sockets, "ANSIBLE_PIPELINING": "1", "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_PYTHON_INTERPRETER": "/usr/bin/python3",
        "ANSIBLE_SSH_ARGS": f"-F {lab.config} -o ControlMaster=auto -o ControlPersist=60s",
        "ANSIBLE_SSH_CONTROL_PATH_DIR": f"{sockets}/c",
    }


def end_masters(folder: pathlib.Path) -> None:
    for socket in folder.glob("c/*"):
        subprocess.run(
            ["ssh", "-o", f"ControlPath={socket}", "-O", "exit", "none"], check=False,
            timeout=DEADLINE_SECONDS, stderr=subprocess.DEVNULL)


def text_of_play(folder: pathlib.Path) -> str:
    """Tasks as plays have them: commands, facts of files, files that are written and changed."""
    file = f"'{folder}/x-{{{{ inventory_hostname }}}}'"
    kinds = [
        "ansible.builtin.command: uptime",
        f"ansible.builtin.stat: {{path: {file}}}",
        f"ansible.builtin.copy: {{content: 'number NUMBER', dest: {file}}}",
        f"ansible.builtin.lineinfile: {{path: {file}, line: line NUMBER}}",
        f"ansible.builtin.command: {{argv: [wc, -l, {file}]}}",
    ]
    # What is stated first is written first.
    order = [kinds[2]] + [kinds[number % len(kinds)] for number in range(TASKS - 1)]
    tasks = "".join(
        f"    - {kind.replace('NUMBER', str(number))}\n" for number, kind in enumerate(order))
    return f"- hosts: all\n  gather_facts: false\n  tasks:\n{tasks}"


def channels(lab: Lab, folder: pathlib.Path, rounds: int) -> None:
    """As many commands at once on one connection as a target takes from nobody else at once."""
    socket = folder / "master"
    shared = (f"-oControlPath={socket}",)
    master = subprocess.Popen(
        lab.ssh("sallyport", "echo ready; cat", options=(*shared, "-M")),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        master.stdout.readline()
        refused, times = 0, []
        for _ in range(rounds):
            start = time.perf_counter()
            commands = [
                subprocess.Popen(
                    lab.ssh("sallyport", f"echo {number}", options=shared), stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
                for number in range(CHANNELS)
            ]
            answers = [command.communicate(timeout=DEADLINE_SECONDS)[0] for command in commands]
            times.append(time.perf_counter() - start)
            refused += sum(
                answer != b"%d\n" % number for number, answer in enumerate(answers))
        print(
            f"\n{CHANNELS} commands at once on one connection, MaxStartups 10:30:100, {rounds} times:"
            f" {refused} refused, {sorted(times)[len(times) // 2]:.2f} s (median)")
    finally:
        master.stdin.close()
        master.wait(DEADLINE_SECONDS)
