"""Manual pages: the literal blocks of roff source, in man and mdoc macros."""

import re

from .blocks import block

CHARACTERS = {
    "aq": "'", "dq": '"', "cq": "'", "oq": "'", "lq": '"', "rq": '"', "ti": "~", "ha": "^", "ga": "`",
    "bs": "\\", "rs": "\\", "hy": "-", "mi": "-", "pl": "+", "sl": "/", "at": "@", "sh": "#", "Do": "$",
    "lB": "[", "rB": "]", "lC": "{", "rC": "}", "ba": "|", "or": "|", "eq": "=", "fm": "'", "aa": "'",
    "em": "—", "en": "–", "bu": "•", "la": "⟨", "ra": "⟩", "ul": "_", "->": "→", "*": "*",
}
STRINGS = {
    "Aq": "'", "L\"": '"', "R\"": '"', "C`": "", "C'": "", "--": "--", "lq": '"', "rq": '"',
}
ESCAPE = re.compile(
    r"\\(?:\*(?:\((?P<string2>..)|\[(?P<strings>[^\]]*)\]|(?P<string1>.))"
    r"|\((?P<character2>..)|\[(?P<characters>[^\]]*)\]"
    r"|f(?:\(..|\[[^\]]*\]|.)|s(?:[-+]?\d|\[[^\]]*\]|\([-+]?\d\d)|[mMnkFgV](?:\(..|\[[^\]]*\]|.)"
    r"|[hvwlLbxXDNoRSHZA]'[^']*'|\"(?P<comment>.*)|(?P<one>.)|$)", re.DOTALL)
ARGUMENT = re.compile(r'"((?:[^"]|"")*)"?|((?:\\ |[^ ])+)')
IGNORED = set("""
.. .ME .MT .Pp .RE .RS .UE .UR .ad .de .de1 .ds .el .fam .ft .hy .ie .if .in .ll .na .ne .nh .nr
.ps .rm .ta .ti .vs
""".split())
# Macros of mdoc that may be called inside of a line.
CALLED = set("Ar Cm Dv Em Ev Fl Ic Li Nm No Ns Pa Sy Va".split())
FONTS = {".B", ".I", ".R", ".SM", ".SB", ".BI", ".BR", ".IB", ".IR", ".RB", ".RI", ".CW", ".cW", ".ZN"}
LITERAL = {".nf": ".fi", ".EX": ".EE", ".Vb": ".Ve", ".Bd": ".Ed", ".DS": ".DE", ".CS": ".CE"}


def blocks(text: str):
    """The blocks of a page. Among examples all literal text counts, elsewhere prompts only."""
    in_examples = False
    ends_with = None
    gathered = []
    lines = text.split("\n")
    for number, raw in enumerate(lines):
        macro = raw.split(" ", 1)[0].split("\t")[0]
        if macro in (".SH", ".Sh", ".SS", ".Ss"):
            heading = raw if raw.strip() != macro else lines[min(number + 1, len(lines) - 1)]
            is_example = re.search(r"EXAMPLE|Example|USAGE SCENARIO|RECIPES|QUICK ?START", heading)
            in_examples = bool(is_example) or in_examples and macro in (".SS", ".Ss")
            yield from _flush(gathered, in_examples)
            gathered, ends_with = [], None
        elif ends_with:
            if macro == ends_with:
                yield from _flush(gathered, in_examples)
                gathered, ends_with = [], None
            else:
                gathered.append(_literal(raw, macro))
        elif macro in LITERAL and not (macro == ".Bd" and "-filled" in raw):
            ends_with = LITERAL[macro]
        elif macro in (".Dl", ".D1"):
            yield block([_typed(raw[4:])], in_examples, "man")
        elif in_examples and _stands_alone(lines, number, macro):
            shown = _alone(raw, macro)
            if shown:
                yield block([shown], True, "man")
    yield from _flush(gathered, in_examples)


def plain(text: str) -> str:
    return ESCAPE.sub(_character, text)


def _typed(words: str) -> str:
    """A line of mdoc in which macros are called among the words."""
    shown, is_glued, is_option = "", False, False
    for word in words.split(" "):
        if word in CALLED:
            is_glued, is_option = is_glued or word == "Ns", is_option or word == "Fl"
            continue
        gap = "" if is_glued or not shown else " "
        shown += gap + ("-" if is_option else "") + word
        is_glued, is_option = False, False
    return plain(shown)


def _character(match) -> str:
    if (name := match["string2"] or match["strings"] or match["string1"]) is not None:
        return STRINGS.get(name, "")
    if (name := match["character2"] or match["characters"]) is not None:
        return CHARACTERS.get(name, "\N{REPLACEMENT CHARACTER}")
    one = match["one"]
    if one in ("e", "\\", "E"):
        return "\\"
    if one in ("~", "0", " "):
        return " "
    return one if one in tuple("-'`._$") else ""


def _flush(gathered: list, in_examples: bool):
    if any(gathered):
        yield block(gathered, in_examples, "man")


def _literal(raw: str, macro: str) -> str:
    if raw.startswith((".\\\"", "'\\\"")):
        return ""
    if macro in FONTS:
        return _alone(raw, macro)
    if macro in (".No", ".Nm", ".Ic", ".Cm"):
        return _typed(raw[1:])
    if macro in IGNORED or re.match(r"[.'][A-Za-z]{1,3}(?: |$)", raw):
        return ""
    return plain(raw)


def _alone(raw: str, macro: str) -> str:
    """What a single line shows that has a font macro, is the tag of an item, or is text."""
    if macro in FONTS or macro == ".IP":
        found = [(quoted or bare).replace('""', '"')
                 for quoted, bare in ARGUMENT.findall(raw[len(macro):].strip())]
        if macro == ".IP":
            found = found[:1]
        glue = "" if len(macro) == 3 and macro != ".SM" else " "
        return plain(glue.join(found))
    return "" if raw.startswith((".", "'")) else plain(raw)


def _stands_alone(lines: list, number: int, macro: str) -> bool:
    """Whether a line is a paragraph of its own: only macros stand right before and behind it."""
    if macro == ".IP":
        return True
    if macro.startswith((".", "'")) and macro not in FONTS:
        return False
    before = lines[number - 1] if number else "."
    behind = lines[number + 1] if number + 1 < len(lines) else "."
    def breaks(line: str) -> bool:
        name = line.split(" ", 1)[0]
        return not line or line.startswith((".", "'")) and name not in FONTS
    return breaks(before) and breaks(behind)
