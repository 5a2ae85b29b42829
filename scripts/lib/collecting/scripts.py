"""What machines run: maintainer scripts, units, cron files, example scripts."""

import re

from .blocks import block

EXEC = re.compile(
    r"(?m)^Exec(?:Start|StartPre|StartPost|Stop|StopPost|Reload|Condition)=((?:.*\\\n)*.*)$")
# Lines that mean something only among others.
NOT_ALONE = re.compile(
    r"\s*(?:#|(?:if|then|else|elif|fi|for|while|until|do|done|case|esac)\b"
    r"|(?:set|exit|return|break|continue|shift|local)\b"
    r"|;;|[{}]|[\w-]+\s*\(\)|[\w|*\"' .-]+\)\s*(?:$|#|;;|[a-z])|\w+=\S*\s*$|\w+=[\"'`$])")
# A construct that is longer is a program.
MOST_CONSTRUCT_LINES = 10
CRON = re.compile(r"^(?:@\w+|(?:[\d*/,-]+\s+){4}[\w*/,-]+)\s+(.*)$")


def of_shell(text: str, kind: str):
    """The simple commands of a script, each by itself, and its short constructs as a whole."""
    lines = text.split("\n")
    if lines[0].startswith("#!") and not re.search(r"sh\b", lines[0]):
        return
    yield block([line for line in lines if not NOT_ALONE.match(line)], True, kind)
    for number, line in enumerate(lines):
        if re.match(r"\s*(?:for|while|if|until|case)\b", line):
            yield block(lines[number:number + MOST_CONSTRUCT_LINES], True, kind)


def of_unit(text: str):
    for written in EXEC.findall(text):
        command = re.sub(r"\s*\\\n\s*", " ", written).strip().lstrip("-@:+!|")
        # What systemd puts in is no longer what a person types.
        command = command.replace("%%", "\0")
        if command and not re.search(r"%[a-zA-Z]", command):
            yield block([command.replace("\0", "%")], True, "unit")


def of_cron(text: str, has_user: bool):
    for line in text.split("\n"):
        match = CRON.match(line.strip())
        if match:
            command = match[1].split(None, 1)[1:] if has_user else [match[1]]
            if command:
                yield block([command[0].replace("\\%", "%")], True, "cron")
