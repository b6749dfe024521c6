"""Words in a picture: escaped, measured, broken into lines, without asking a browser."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

FONT = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'Segoe UI', Roboto, system-ui, sans-serif"
"""Fonts that are there already; those whose widths `measure` knows come first."""

_CLASSES = (
    (0.26, "ijlI|.,:;'’‘!ftr()[]/\\` ·"),
    (0.36, '-"“”*°'),
    (0.52, "ckszvxyJ"),
    (0.58, "abdeghnopquLF0123456789?_$#+=<>~^–"),
    (0.69, "ABEKPSVXYTZ&"),
    (0.75, "CDHNRUw"),
    (0.80, "GOQ"),
    (0.88, "mM"),
    (1.00, "W@%—…→"),
)
_WIDTHS = {letter: width for width, letters in _CLASSES for letter in letters}


@lru_cache(maxsize=4096)
def measure(words: str, size: float, *, bold: bool = False) -> float:
    """How wide words are at a size, in pixels; a little too wide rather than too narrow.

    >>> measure("Niger", 10) < measure("Niger", 10, bold=True) < measure("Nigeria", 10, bold=True)
    True
    """
    total = sum(_width(letter) for letter in unicodedata.normalize("NFD", words))
    return total * size * (1.08 if bold else 1.0)


def _width(letter: str) -> float:
    """How wide one letter is, in parts of the size."""
    if unicodedata.combining(letter):
        return 0.0
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    return 1.05 if unicodedata.east_asian_width(letter) in "WF" else 0.66


def escape(words: str) -> str:
    """Words as they may stand in XML, text or attribute; what XML forbids is dropped.

    >>> escape('<b> & "c"')
    '&lt;b&gt; &amp; &quot;c&quot;'
    """
    clean = "".join(c for c in words if _allowed(c))
    for mark, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        clean = clean.replace(mark, name)
    return clean


def _allowed(letter: str) -> bool:
    """Whether XML 1.0 has the letter; line breaks count as spaces elsewhere."""
    code = ord(letter)
    return code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code > 0xFFFF


def wrap(words: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Words broken into lines that fit; a word too long for a line stands alone.

    >>> wrap("one two three", 10, 45)
    ['one two', 'three']
    """
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balanced(words: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Words in as few lines as fit, all about equally long: no lonely last word.

    >>> balanced("one two three four", 10, 75)
    ['one two', 'three four']
    """
    lines = wrap(words, size, room, bold=bold)
    while len(lines) > 1:
        room -= size
        tighter = wrap(words, size, room, bold=bold)
        if len(tighter) > len(lines) or max(measure(t, size, bold=bold) for t in tighter) > room:
            break
        lines = tighter
    return lines


def halves(words: str) -> list[str]:
    """A name on two lines, broken at the space nearest to its middle; one line if it has none.

    >>> halves("Central African Rep.")
    ['Central', 'African Rep.']
    """
    spaces = [i for i, letter in enumerate(words) if letter == " "]
    if not spaces:
        return [words]
    cut = min(spaces, key=lambda i: (abs(i - len(words) / 2), i))
    return [words[:cut], words[cut + 1 :]]
