"""Documents for people: Markdown, reStructuredText, HTML, info pages and plain text."""

import html
import re

from .blocks import block

PRE = re.compile(r"<pre\b[^>]*>(.*?)</pre>", re.DOTALL | re.IGNORECASE)
FENCE = re.compile(r"^\s*(```+|~~~+)\s*\{?\.?([\w-]*)")
DIRECTIVE = re.compile(
    r"\s*\.\. (?:code-block|code|sourcecode|prompt|parsed-literal)::\s*([\w-]*)")
HELP = re.compile(
    r"(?m)^\s*text: (?:\|-?|>-?)?\s*"
    r"((?:az|az\\+\n).*(?:\n(?!\s*- name|\s*crafted|\"\"\"|\s*$).*)*)")
SHELLS = {"", "sh", "bash", "shell", "console", "shell-session", "zsh", "text", "none", "terminal"}


def of_html(text: str):
    for inner in PRE.findall(text):
        inner = re.sub(r"<br\s*/?>", "\n", inner)
        shown = html.unescape(re.sub(r"<[^>]*>", "", inner))
        yield block(shown.replace("\N{NO-BREAK SPACE}", " ").split("\n"), True, "text")


def of_markdown(text: str):
    fence, is_shell, gathered = None, False, []
    rest = []
    for line in text.split("\n"):
        match = FENCE.match(line)
        if fence is None and match:
            fence, is_shell, gathered = match[1], match[2].lower() in SHELLS, []
            rest.append("")
        elif fence is not None and line.strip().startswith(fence):
            if is_shell:
                yield block(gathered, True, "text")
            fence = None
        elif fence is not None:
            gathered.append(line)
        else:
            rest.append(line)
    yield from of_indented("\n".join(rest), least=4)


def of_restructured(text: str):
    """Literal blocks behind `::` and the code blocks of a shell."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        directive = DIRECTIVE.match(line)
        if directive is None and not line.rstrip().endswith("::"):
            continue
        if directive and directive[1].lower() not in SHELLS:
            continue
        indent = len(line) - len(line.lstrip())
        gathered = []
        while number < len(lines):
            inner = lines[number]
            if inner.strip() and len(inner) - len(inner.lstrip()) <= indent:
                break
            if not re.match(r"\s*:[\w-]+:", inner):
                gathered.append(inner)
            number += 1
        yield block(gathered, True, "text")


def of_indented(text: str, least: int = 2):
    """Paragraphs that stand further right than the text around them; a list is none."""
    gathered = []
    for line in text.expandtabs(8).split("\n") + [""]:
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent >= least and not re.match(r"\s*(?:[-*+•]|\d+[.)])\s", line):
            gathered.append(line)
        elif line.strip() and re.match(r"(?:[\w@.~:/-]*[$#]) \S", line):
            gathered.append(line)
        elif not line.strip() and gathered:
            gathered.append("")
        else:
            yield from _paragraphs(gathered)
            gathered = []
    yield from _paragraphs(gathered)


def of_cheatsheet(text: str):
    """Pages whose comments say what the commands below them do."""
    yield block([line for line in text.split("\n") if not line.startswith("#")], True, "cheatsheet")


def of_program(text: str):
    """kubectl has its examples nowhere but in itself, in the help that it prints."""
    for shown in sorted(set(re.findall(r"\n[ \t]+(kubectl [^\n\0]{3,300})(?=\n)", text))):
        yield block([shown], True, "text")


def of_help(text: str):
    """The examples in the help of azure-cli, which is written in Python."""
    for shown in HELP.findall(text):
        yield block([re.sub(r"\s*\\+\n\s*|\s*\n\s*", " ", shown.strip())], True, "text")


def _paragraphs(gathered: list):
    for part in re.split(r"\n\s*\n(?=\S|\s+\S)", "\n".join(gathered)):
        lines = [line for line in part.split("\n")]
        if any(line.strip() for line in lines):
            yield block(lines, True, "text")
