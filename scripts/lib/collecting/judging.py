"""What is a real command, what it runs, and how alike two are."""

import json
import pathlib
import re
import subprocess

from .blocks import Line
from .words import BUILTINS, CAPITALS, ELSEWHERE, STOP_WORDS, TOOLS, WORDS


def _any(*patterns: str) -> re.Pattern:
    return re.compile("|".join(patterns))


# What people type or paste is shorter.
MOST_BYTES = 2048
WRAPPERS = set("sudo doas env nohup nice ionice time command exec chroot builtin busybox".split())
# Of these alone no command consists that means something.
EMPTY = set("""
: [ [[ test break continue return exit true false shift local export read set fi unset help history
wait let
""".split())
PLACEHOLDER = _any(
    r"<[A-Za-z](?:[\w .:|/@,'=-]*[\w.)])?>",
    r"\[(?:options?|args?|OPTIONS?|ARGS?|FILES?|flags?)\b",
    r"(?:^|\s)\[[-\w<{]*[^\]\s]*\s*\.\.\.\]?",
    r"\[-{1,2}\w[^\]]*\](?:\s|$)",
    r"(?:^|\s)\.\.\.(?:\s|$)",
    r"\w\.\.\.(?:\s|$)",
    r"\{[\w-]+(?:\s*\|\s*[\w-]+)+\}",
    r"\(\w+(?:\|\w+)+\)(?:\s|$)",
    r"\w\|\w+\|\w",
    r"\byour[-_.]",
    r"\bYOUR",
    r"[Xx]{4,}",
    r"\?\?\?",
    r"@\w+@",
    r"%[A-Za-z_]{3,}\w*%",
    r"(?:^|[\s/=:])\{[A-Za-z][\w-]+\}",
    r"\w\{[a-z]\}",
    r"(?:^|[\s:=/])_[a-z]+_(?:[\s:/]|$)",
    r"#[A-Z_]+#",
)
NO_BEGINNING = _any(
    r"[<>'\"|&)\\]",
    r"\d+[<>]",
    # Another program's prompt.
    r"\w+> ",
    # An assignment and nothing more.
    r"\w+\+?=(?:\"[^\"]*(?:\$\(|`)|\$\(|`|\()",
    # The name of a manual page and what it is about.
    r"\S+ - [A-Z]",
)
# What only a command has beside a name that is an English word too.
TYPED = _any(
    r"\s-{1,2}\w",
    r"\s[/.]",
    r"[|>&;$*'\"_]",
    r"\s[\w-]+[./=][\w-]+",
    r"\s(?:re)?(?:start|stop|status|load)$",
)
PLACE_OF_PROGRAMS = re.compile(r"^/(?:.*/)?(?:s?bin|lib\w*|init\.d|share)/|^\.{0,2}[\w-]*/")
# Where no prompt says that it was typed.
NOT_TYPED = _any(
    r"[a-z]'(?:s|t|re|ll|ve)\b",
    r"^\([\w .]+\)$",
    r"\s\[[a-z][\w-]*\](?:\s|$)",
    r"^\w+ [A-Z]+$",
    r"^\w[^(]*\{$",
    r"\s(?:or|and|the|a|of|to|with|is)$",
)
NOT_COMMANDS = _any(
    r"\bpam_\w+\.so\b",
    r"(?<!if)(?<!while)(?<!until)(?<!then)(?<!do)(?<![;!&|]) \[ -\w",
    r"\$[@*]",
    r"^COMPREPLY",
    r"\w\. +[A-Z][a-z]+ ",
)
SECRET = _any(
    r"-----BEGIN",
    r"AKIA[0-9A-Z]{12}",
    r"(?<![\w/.-])(?=[a-z/]*\d)[A-Za-z0-9+/]{44,}={0,2}(?![\w/.])",
    r"(?<![\w/.-])(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{18,}(?![\w/.-])",
    r"(?<![\w/.-])(?=\w*\d)(?=\w*[A-Z])(?=\w*[a-z])\w{32,}(?![\w/.-])",
    r"eyJ[\w-]{20,}",
    r"\bghp_\w+",
    r"xox[bp]-",
    r"\bs3cr",
    r"aws_secret",
    r"AQ[A-Za-z0-9+/=]{38,}",
)
ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})\b(?!:)")
HARMLESS_HOSTS = _any(
    r"example",
    r"\b(?:test|invalid|local|localdomain|lan|internal|domain\.(?:com|tld)|foo\.\w+|bar\.\w+)$",
    r"\.service$",
)


class Judge:
    """Says which texts are commands. It knows the programs that packages bring."""

    def __init__(self, programs: set):
        self.programs = programs | BUILTINS | ELSEWHERE

    def looks_real(self, line: Line, is_of_package: bool) -> bool:
        """What can be said of a text before it is parsed."""
        text, kind = line.text, line.kind
        first = text.split("\n")[0]
        if len(text.encode()) > MOST_BYTES or len(text) < 4 or re.search(r"[^\x20-\x7e\n\t]", text):
            return False
        if NO_BEGINNING.match(text) or NOT_COMMANDS.search(text):
            return False
        if PLACEHOLDER.search(text) or SECRET.search(text) or _foreign_address(text):
            return False
        bare = re.sub(r"'[^']*'|\"(?:\\.|[^\"\\])*\"", "''", text)
        capitals = re.findall(r"(?<![\w$\{.-])[A-Z][A-Z_-]*[A-Z](?![\w=])", bare)
        if any(CAPITALS & set(re.split("[_-]", word)) for word in capitals):
            return False
        is_machine_written = kind in ("script", "unit", "cron")
        ends_as_prose = re.search(r"[\w)][.:,;?!]$", bare.rstrip())
        if ends_as_prose and not re.search(r"(?:\s|/)\.{1,2}$|[\s/]\S+:$|;$", bare):
            return False
        if "\n" not in text and _share_of_stop_words(bare) >= 0.2:
            return False
        if is_machine_written:
            return _few_variables(text, 1 if is_of_package else 0)
        if re.search(r"\S {3,}\S", bare.split("#")[0]) and "\n" not in text:
            # A row of a table.
            return False
        if line.had_prompt:
            return True
        if NOT_TYPED.search(first):
            return False
        if kind == "text" and " " not in text.strip():
            return False
        if re.match(r"[\w-]+/|\S*/\S*$", text) or re.search(r"[\w/]{3,}, ", bare):
            # A file without a command, and a list.
            return False
        return not self._reads_as_prose(first, bare)

    def _reads_as_prose(self, first: str, bare: str) -> bool:
        words = [word.lower().strip(",.;:()") for word in re.findall(r"\S+", bare.split("#")[0])]
        if sum(word in STOP_WORDS for word in words) >= 4:
            return True
        if re.search(r"\s(?:=|==|:|->|=>|--)\s", bare):
            return True
        if first.split()[0] in WORDS:
            # Beside its name there must be what only a command has.
            return not TYPED.search(bare) and not (len(words) == 2 and words[0] in TOOLS)
        return False

    def is_real(self, reading: "Reading", kind: str) -> bool:
        """What can be said of a parsed text: every program in it is known."""
        if not reading.programs:
            return False
        known = [self._knows(name, reading, kind) for name in reading.programs]
        if not all(known):
            return False
        # A builtin alone says little, a shell's prompt answered by a keyword nothing.
        if kind == "script" and set(reading.programs) <= BUILTINS:
            return False
        return not set(reading.programs) <= EMPTY

    def _knows(self, name: str, reading: "Reading", kind: str) -> bool:
        if name in reading.functions:
            return True
        if "/" in name:
            base = name.rsplit("/", 1)[1]
            if not base or PLACE_OF_PROGRAMS.search(name) is None:
                return False
            is_known_by_place = re.match(r"\./[\w./-]+$|/etc/init\.d/", name) is not None
            return base in self.programs or is_known_by_place or kind == "unit"
        return name in self.programs


def _share_of_stop_words(bare: str) -> float:
    """How much of a line is English, where more than one word of it is."""
    words = [word.lower().strip(",.;:()") for word in re.findall(r"\S+", bare.split("#")[0])]
    stops = sum(word in STOP_WORDS for word in words)
    return stops / len(words) if stops >= 2 else 0


def _few_variables(text: str, most: int) -> bool:
    """Whether a line means something without its script: it uses little of what others set."""
    used = set(re.findall(r"\$\{?(\w+)", re.sub(r"'[^']*'", "", text)))
    given = set(re.findall(r"\b(\w+)=|\bfor\s+(\w+)\s|\bread\s+(?:-r\s+)?(\w+)", text))
    given = {name for names in given for name in names}
    given |= {"HOME", "USER", "PATH", "MAINPID", "PWD", "1", "2"}
    return len(used - given) <= most + ("\n" in text)


def _foreign_address(text: str) -> bool:
    return any(not HARMLESS_HOSTS.search(host) for host in ADDRESS.findall(text))


class Reading:
    """What the parser says of a command: the programs, their options, and its shape."""

    def __init__(self, text: str, tree: dict):
        self.bytes = text.encode()
        self.programs = []
        self.functions = set()
        # One of: simple, sequence, pipeline, compound, here-document.
        self.shape = "simple"
        self.invocations = []
        self._walk(tree)
        self.count = len(self.invocations)

    def _text(self, node: dict) -> str:
        return self.bytes[node["range"]["start"]:node["range"]["end"]].decode("utf-8", "replace")

    def _raise(self, shape: str) -> None:
        order = ["simple", "sequence", "pipeline", "compound", "here-document"]
        self.shape = max(self.shape, shape, key=order.index)

    def _walk(self, node) -> None:
        if isinstance(node, list):
            for item in node:
                self._walk(item)
            return
        if not isinstance(node, dict):
            return
        kind = node.get("type")
        if kind == "SimpleCommand":
            self._simple([self._text(word) for word in node["words"]])
        elif kind == "FunctionDefinition":
            name = node.get("name")
            self.functions.add(self._text(name) if isinstance(name, dict) else str(name))
        elif kind == "CompoundCommand":
            self._raise("compound")
        elif kind == "HereDocument":
            self._raise("here-document")
        elif kind == "Pipeline" and len(node["commands"]) > 1:
            self._raise("pipeline")
        elif kind == "AndOrList" and node["rest"]:
            self._raise("sequence")
        elif kind == "CommandList" and len(node["items"]) > 1:
            self._raise("sequence")
        for value in node.values():
            self._walk(value)

    def _simple(self, words: list) -> None:
        if not words:
            return
        self.invocations.append(words)
        name = words[0].strip("'\"\\")
        self.programs.append(name)

    def main(self) -> list:
        """The words of the first invocation that says what it is about, without its wrappers."""
        for words in self.invocations:
            rest = list(words)
            while rest and (rest[0] in WRAPPERS or re.match(r"\w+=|-", rest[0])) and len(rest) > 1:
                takes_value = rest[0] in ("-u", "-g", "-n", "-c", "-U") and len(rest) > 2
                rest = rest[2:] if takes_value else rest[1:]
            name = rest[0].rsplit("/", 1)[-1]
            if name not in ("cd", "echo", "export", "set", "[", "test", ":", "true", "[["):
                return [name, *rest[1:]]
        words = self.invocations[0]
        return [words[0].rsplit("/", 1)[-1], *words[1:]]

    def likeness(self) -> tuple:
        """The same for commands that differ in operands only; a here-document is no operand."""
        if self.shape == "here-document":
            return (self.bytes.split(b"\n")[0],)
        parts = []
        for words in self.invocations[:6]:
            options = sorted({re.sub(r"=.*", "=", word) for word in words[1:]
                              if re.match(r"[-+]\w|--\w", word)})
            sub = [word for word in words[1:] if re.fullmatch(r"[a-z][a-z-]*", word)][:2]
            sub = sub if words[0] in WRAPPERS else sub[:1]
            parts.append((words[0].rsplit("/", 1)[-1], *sub, *options))
        return tuple(parts)


def parsed(program: pathlib.Path, texts: list) -> list:
    """A reading for each text that the parser accepts without a warning, None for the others."""
    readings = [None] * len(texts)
    lines = [json.dumps({"id": number, "command": text}) for number, text in enumerate(texts)]
    done = subprocess.run([program, "parse", "--batch", "--json"], input="\n".join(lines) + "\n",
                          capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        if answer["status"] == "accepted" and "warning" not in answer:
            number = int(answer["id"])
            readings[number] = Reading(texts[number], answer["tree"])
    return readings
