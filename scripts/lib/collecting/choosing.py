"""The choice of a body from all that was found: seeded, in shares, without near duplicates."""

import collections
import dataclasses
import hashlib

from .judging import Reading
from .weighing import weight
from .words import EVERYDAY

SEED = "sallyport commands 1"
WANTED = 2400
MOST_ALIKE = 3
MOST_OF_A_FILE = 12
MOST_OF_AN_EVERYDAY_PROGRAM = 50
MOST_OF_ANOTHER_PROGRAM = 5
MOST_OF_A_PACKAGE = 18
MOST_EVERYDAY_OF_A_PACKAGE = 60
# How much of the body comes from each kind of document.
SHARES = {"man": 0.40, "text": 0.41, "script": 0.09, "unit": 0.03, "cron": 0.01, "cheatsheet": 0.06}


@dataclasses.dataclass(frozen=True)
class Candidate:
    source: str
    kind: str
    text: str
    reading: Reading

    @property
    def order(self) -> str:
        """A place that hangs on the seed and the text alone, so that a new package moves no other."""
        return hashlib.sha256(f"{SEED}\0{self.text}".encode()).hexdigest()

    @property
    def program(self) -> str:
        return self.reading.main()[0]


def chosen(found: list) -> list:
    """The body: kind by kind, what destroys first, of each weight in turn by program."""
    distinct = {}
    for candidate in sorted(found, key=lambda one: (one.source, one.text)):
        distinct.setdefault(" ".join(candidate.text.split()), candidate)
    counts = collections.Counter()
    body = []
    for kind, share in SHARES.items():
        these = [one for one in distinct.values() if one.kind == kind]
        body += _of_kind(sorted(these, key=_order), round(WANTED * share), counts)
    return sorted(body, key=_order)


def _order(candidate: Candidate) -> str:
    return candidate.order


def _of_kind(candidates: list, wanted: int, counts: collections.Counter) -> list:
    """At most so many: half of it destroys or changes something, as far as there is enough."""
    parts = {"destroys": 0.20, "changes": 0.35, "reads": 0.45}
    body = []
    left = []
    for kind_of_weight, share in parts.items():
        these = [one for one in candidates if weight(one.text) == kind_of_weight]
        body_part, rest = _in_turn(these, round(wanted * share), counts)
        body += body_part
        left += rest
    more, _ = _in_turn(sorted(left, key=_order), wanted - len(body), counts)
    return body + more


def _in_turn(candidates: list, wanted: int, counts: collections.Counter) -> tuple:
    """From each program in turn, so that no manual drowns the others; and what is left over."""
    by_program = collections.defaultdict(list)
    for candidate in candidates:
        by_program[candidate.program].append(candidate)
    queues = []
    for program, these in by_program.items():
        # In a round an everyday program comes up four times, and first; another once.
        turns, place = (4, 0) if program in EVERYDAY else (1, 1)
        composite = sorted((one for one in these if one.reading.shape != "simple"),
                           key=lambda one: one.reading.shape != "here-document")
        plain = [one for one in these if one.reading.shape == "simple"]
        mixed = _interleaved(plain, composite)
        queues += [((number // turns, place), one.order, one) for number, one in enumerate(mixed)]
    body, left = [], []
    for _, _, candidate in sorted(queues, key=lambda item: item[:2]):
        if len(body) < wanted and _fits(candidate, counts):
            body.append(candidate)
        else:
            left.append(candidate)
    return body, left


def _interleaved(plain: list, composite: list) -> list:
    """A composite one for each simple one, as long as there are both: most programs have few."""
    mixed = []
    plain, composite = list(plain), list(composite)
    while plain or composite:
        mixed += composite[:1] + plain[:1]
        plain, composite = plain[1:], composite[1:]
    return mixed


def _fits(candidate: Candidate, counts: collections.Counter) -> bool:
    program = candidate.program
    most = MOST_OF_AN_EVERYDAY_PROGRAM if program in EVERYDAY else MOST_OF_ANOTHER_PROGRAM
    limits = {
        ("alike", candidate.reading.likeness()): MOST_ALIKE,
        ("program", program): most,
        ("file", candidate.source): MOST_OF_A_FILE,
    }
    package = candidate.source.split(":")[0]
    if package != "pypi":
        is_everyday = program in EVERYDAY
        limits["package", package, is_everyday] = (
            MOST_EVERYDAY_OF_A_PACKAGE if is_everyday else MOST_OF_A_PACKAGE)
    if any(counts[key] >= limit for key, limit in limits.items()):
        return False
    counts.update(limits.keys())
    return True
