"""A block: lines that a document shows as they are, in which commands may stand."""

import dataclasses
import re
import textwrap

# What a manual puts before what one types; a `#` may also begin a comment.
PROMPT = re.compile(
    r"(?:\(\w+\))?(?:\[?[\w.-]+@[\w.-]+(?::|[ ])?[\w~/.-]*\]?|~|host|root|sh|bash|server|client)?"
    r"\s?[$#%]\s+(?=\S)")
HERE_DOCUMENT = re.compile(r"<<(-?)\s*(['\"\\]?)([A-Za-z_]\w*)\2")
OPENERS = re.compile(r"(?:^|[;&|]\s*|\b(?:do|then|else)\s+)(for|while|until|if|case|select)\b")
CLOSERS = re.compile(r"(?:^|[;&|\s])(done|fi|esac)(?=$|[\s;&|)])")
# A command of more lines than this is a script, which people copy as a file.
MOST_LINES = 24


@dataclasses.dataclass(frozen=True)
class Block:
    lines: tuple
    # Whether what stands there without a prompt may be a command too.
    is_example: bool
    # man, text, cheatsheet, script, unit or cron.
    kind: str


@dataclasses.dataclass(frozen=True)
class Line:
    text: str
    kind: str
    had_prompt: bool


def block(lines: list, is_example: bool, kind: str) -> Block:
    return Block(tuple(line.expandtabs(8).rstrip() for line in lines), is_example, kind)


def commands(block: Block):
    """The commands that may stand in a block: each with all its lines, without its prompt."""
    lines = textwrap.dedent("\n".join(block.lines)).split("\n")
    has_prompts, is_comment = _prompts(lines)
    if not has_prompts and not block.is_example:
        return
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        prompt = PROMPT.match(line)
        number += 1
        if prompt and not (is_comment and line.startswith("#")):
            text = line[prompt.end():]
        elif has_prompts or not line or line.startswith("#"):
            continue
        else:
            text = line
        gathered, number = _whole(text, lines, number, bool(prompt))
        if gathered:
            # A `#` may still begin a comment.
            yield Line(gathered, block.kind, bool(prompt) and "#" not in prompt[0])


def _prompts(lines: list) -> tuple:
    """Whether the block has prompts, and whether a `#` in it begins a comment."""
    stripped = [line.strip() for line in lines if line.strip()]
    marks = [line[match.end() - 1:match.end()] and line[:match.end()].strip()[-1]
             for line in stripped if (match := PROMPT.match(line))]
    if any(mark in "$%" for mark in marks):
        # Beside `$ `, a bare `# ` is the root's prompt only where it looks like nothing else.
        return True, True
    if not marks:
        return False, True
    sharp = [line for line in stripped if line.startswith("#")]
    looks_typed = [line for line in sharp if re.match(r"#\s+(?:\./|/|[a-z][\w.+-]*\s)", line)]
    others = [line for line in stripped if not line.startswith("#") and not PROMPT.match(line)]
    if any(PROMPT.match(line) and not line.startswith("#") for line in stripped):
        return True, True
    is_prompt = len(looks_typed) == len(sharp) and len(others) <= 4 * len(sharp)
    return is_prompt, not is_prompt


def _whole(text: str, lines: list, number: int, had_prompt: bool) -> tuple:
    """The text with the lines that belong to it, and the number of the line behind it."""
    gathered = [text]
    while len(gathered) <= MOST_LINES:
        joined = "\n".join(gathered)
        waits_for = _here_document(joined)
        if not (waits_for or joined.endswith("\\") or _is_open(joined)):
            return joined, number
        if number >= len(lines):
            return (joined.rstrip("\\").rstrip() if joined.endswith("\\") else None), number
        line = lines[number]
        if had_prompt:
            line = re.sub(r"^\s*> ?", "", line)
        if waits_for and line.strip() == waits_for:
            line = line.strip()
        gathered.append(line)
        number += 1
    return None, number


def _here_document(text: str):
    """The word that ends the here-document that is open at the end of the text."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        match = HERE_DOCUMENT.search(lines[number])
        number += 1
        if match and "<<<" not in lines[number - 1]:
            while number < len(lines) and lines[number].strip() != match[3]:
                number += 1
            if number >= len(lines):
                return match[3]
            number += 1
    return None


def _is_open(text: str) -> bool:
    """Whether a quote, a brace group or a compound command is not closed yet."""
    if text.rstrip().endswith(("&&", "||", "|")):
        return True
    bare = re.sub(r"\\.", "", re.sub(r"(?m)(^|\s)#.*$", r"\1", text), flags=re.DOTALL)
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "q", bare)
    if re.search(r"['\"]", bare):
        return True
    if re.match(r"(?:\w+\s*\(\)\s*)?\{\s*$|\(\s*$", text.split("\n")[0]):
        return bare.count("{") + bare.count("(") > bare.count("}") + bare.count(")")
    return len(OPENERS.findall(bare)) > len(CLOSERS.findall(bare))
