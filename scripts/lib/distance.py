"""Hosts that are far away: addresses that lead back to this machine, and take their time.

A packet to one of them comes back as one from it, after half of its round trip. So whoever listens at
`HERE` is reached at each of them, from as far away as it says. That is what `tc netem` does between
network namespaces; it needs no module of the kernel but tun, and counts what is asked and answered.

Needs root. The interface is there as long as the process, which is told on its standard input how far
each address is away: `10.99.0.2=40 10.99.0.3=1`, round trips in milliseconds. Each line is answered
with the turns since the last one.
"""

import fcntl
import heapq
import json
import os
import pathlib
import select
import struct
import subprocess
import sys
import time

HERE = "10.99.0.1"
INTERFACE = "sallyport%d"
# From linux/if_tun.h: packets without Ethernet and without a header of tun's own.
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
# LIMIT: what is on the way at a time; more is lost, as in a full queue.
MAXIMUM_ON_THE_WAY = 100_000
TCP = 6


class Distance:
    """The process, for as long as the block."""

    def __enter__(self) -> "Distance":
        self.process = subprocess.Popen(
            [sys.executable, "-B", str(pathlib.Path(__file__))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            sys.exit("scripts/bench: no packets can be delayed; it takes root and /dev/net/tun")
        return self

    def be(self, round_trips: dict) -> None:
        self.ask(" ".join(f"{address}={way}" for address, way in round_trips.items()))

    def turns(self) -> dict:
        """Since the last time, by address: how often it was an answer that came or went."""
        return self.ask("")

    def ask(self, line: str) -> dict:
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def __exit__(self, *_: object) -> None:
        self.process.stdin.close()
        self.process.wait(10)


class Reflector:
    def __init__(self):
        self.ways = {}
        self.turns = {}
        self.last = {}
        self.waiting = []
        self.number = 0
        self.tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        request = struct.pack("16sH14x", INTERFACE.encode(), IFF_TUN | IFF_NO_PI)
        answer = fcntl.ioctl(self.tun, TUNSETIFF, request)
        name = answer[:16].rstrip(b"\0").decode()
        for command in (
            ["ip", "address", "add", f"{HERE}/24", "dev", name],
            ["ip", "link", "set", name, "up", "txqueuelen", "10000"],
        ):
            subprocess.run(command, check=True)

    def run(self) -> None:
        # A busy machine must not make the way longer.
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
        print("ready", flush=True)
        while True:
            wait = None
            if self.waiting:
                wait = max(0.0, self.waiting[0][0] - time.monotonic())
            ready = select.select([self.tun, 0], [], [], wait)[0]
            if self.tun in ready:
                self.take()
            self.deliver()
            if 0 in ready:
                line = sys.stdin.readline()
                if not line:
                    return
                self.answer(line.split())

    def answer(self, round_trips: list) -> None:
        print(json.dumps(self.turns), flush=True)
        for way in round_trips:
            address, milliseconds = way.split("=")
            key = bytes(map(int, address.split(".")))
            self.ways[key] = (address, float(milliseconds) / 2000)
        self.turns = {address: 0 for address, _ in self.ways.values()}
        self.last = {}

    def take(self) -> None:
        for _ in range(256):
            try:
                packet = os.read(self.tun, 65_536)
            except BlockingIOError:
                return
            way = self.ways.get(packet[16:20])
            if packet[0] >> 4 != 4 or way is None or len(self.waiting) >= MAXIMUM_ON_THE_WAY:
                continue
            address, delay = way
            self.count(packet, address)
            # The checksums are sums of all addresses, so they stay right.
            back = packet[:12] + packet[16:20] + packet[12:16] + packet[20:]
            self.number += 1
            heapq.heappush(self.waiting, (time.monotonic() + delay, self.number, back))

    def count(self, packet: bytes, address: str) -> None:
        header = (packet[0] & 15) * 4
        if packet[9] != TCP:
            return
        begins = bool(packet[header + 13] & 2)
        size = struct.unpack("!H", packet[2:4])[0] - header - (packet[header + 12] >> 4) * 4
        if size == 0 and not begins:
            return
        # Both directions of a connection pass here, from the same address: the ports tell them apart.
        ports = packet[header:header + 4]
        connection = (address, *sorted((ports[:2], ports[2:])))
        if connection in self.last and self.last[connection] != ports:
            self.turns[address] += 1
        self.last[connection] = ports

    def deliver(self) -> None:
        now = time.monotonic()
        while self.waiting and self.waiting[0][0] <= now:
            try:
                os.write(self.tun, heapq.heappop(self.waiting)[2])
            except BlockingIOError:
                return


if __name__ == "__main__":
    Reflector().run()
