"""Which files of a package hold commands, and what kind of document each is."""

import bz2
import gzip
import lzma
import re
import zlib

from . import manuals, scripts, texts

LANGUAGES = re.compile(
    r"/(?:ar|bg|ca|cs|da|de|el|eo|es|et|eu|fa|fi|fil|fr|gl|he|hi|hr|hu|id|it|ja|ko|lt|lv|nb|nl|nn"
    r"|pl|pt|ro|ru|sk|sl|sq|sr|sv|th|tr|uk|vi|zh)(?:[_-][A-Za-z]{2,4})?(?:\.UTF-8)?/"
    r"|[._-](?:cs|da|de|es|fi|fr|hu|id|it|ja|ko|nb|nl|pl|pt|pt[_-]br|ro|ru|sv|tr|uk|vi|zh[_-]\w\w)"
    r"(?:\.\w+)*$")
NOT_READ = re.compile(
    r"(?i)/(?:copyright|changelog|changes|news|authors|thanks|contributors|todo|history|license)"
    r"[^/]*$|NEWS\.Debian|/changelogs?/|release[_-]?notes"
    r"|\.(?:po|pot|svg|png|css|js|map|gif|c|h|conf|cfg|py|pl|rb|lua|vim|awk)(?:\.gz)?$"
    r"|/whatsnew/|/releases?/|history\.html")
MANUAL = re.compile(r"usr/share/man/man[14578]\w*/[^/]+$")
INFO = re.compile(r"usr/share/info/[^/]+\.info(?:-\d+)?(?:\.gz)?$")
SCRIPTS = re.compile(r"DEBIAN/(?:pre|post)(?:inst|rm)$")
CRON = re.compile(r"etc/cron(?:tab$|\.d/(?!\.placeholder))")
CRON_SCRIPT = re.compile(r"etc/cron\.(?:daily|hourly|weekly|monthly)/(?!\.placeholder)")
UNIT = re.compile(r"(?:usr/)?lib/systemd/system/[^/]+\.service$")
AWS = re.compile(r"/awscli/examples/.*\.rst$")
HELP = re.compile(r"/azure/cli/.*_help\.py$")


def kind_of(path: str):
    """What reads a file, or None where it holds no commands."""
    if path == "usr/bin/kubectl":
        return "program"
    if path.startswith("cheat/cheatsheets/"):
        return "cheatsheet" if "." not in path else None
    if MANUAL.match(path):
        return "manual"
    if SCRIPTS.match(path) or CRON_SCRIPT.match(path):
        return "script"
    if CRON.match(path):
        return "cron"
    if UNIT.match(path):
        return "unit"
    if INFO.match(path):
        return "info"
    if AWS.search(path):
        return "restructured"
    if HELP.search(path):
        return "help"
    bare = re.sub(r"\.(?:gz|xz|bz2)$", "", path)
    if not path.startswith("usr/share/doc/") or LANGUAGES.search(bare) or NOT_READ.search(bare):
        return None
    if re.search(r"/(?:golang-|python3|sqlite3|tcl-doc|perl)[^/]*/", bare):
        # Programs in those languages.
        return None
    if bare.endswith((".html", ".htm", ".xhtml")):
        return "html"
    if bare.endswith((".md", ".markdown")):
        return "markdown"
    if bare.endswith((".rst", ".rst.txt")):
        return "restructured"
    if bare.endswith((".sh", ".bash")):
        return None if re.search(r"/(?:t|tests?)/|test", bare) else "script"
    name = bare.rsplit("/", 1)[1]
    is_text = bare.endswith((".txt", ".Debian", ".text", ".asciidoc", ".adoc")) or "." not in name
    return "plain" if is_text and not bare.startswith("usr/share/doc/lintian") else None


def unpacked(path: str, data: bytes) -> str:
    """The text of a file; nothing where it is not text."""
    openers = {".gz": gzip.decompress, ".xz": lzma.decompress, ".bz2": bz2.decompress}
    for ending, opener in openers.items():
        if path.endswith(ending):
            try:
                data = opener(data)
            except (OSError, EOFError, lzma.LZMAError, zlib.error):
                return ""
    if b"\0" in data and not path.startswith("usr/bin/"):
        return ""
    return data.decode("utf-8", "replace").replace("\r\n", "\n")


def blocks(kind: str, path: str, text: str):
    readers = {
        "manual": manuals.blocks,
        "html": texts.of_html,
        "markdown": texts.of_markdown,
        "restructured": texts.of_restructured,
        "plain": texts.of_indented,
        "info": lambda text: texts.of_indented(text, least=5),
        "help": texts.of_help,
        "program": texts.of_program,
        "cheatsheet": texts.of_cheatsheet,
        "script": lambda text: scripts.of_shell(text, "script"),
        "unit": scripts.of_unit,
        "cron": lambda text: scripts.of_cron(text, has_user=True),
    }
    return readers[kind](text)
