"""Foedera: treaties you can run.

Treaty files and dated events in; who owes what to whom, under which article, out, with a proof or the
exact condition that is missing. Foedera informs; it gives no legal advice and takes no side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedera.version import VERSION

if TYPE_CHECKING:
    from foedera.answers.answer import Answer, assess, assess_attack
    from foedera.answers.deck import timeline
    from foedera.answers.game import World
    from foedera.library import library
    from foedera.panel import panel
    from foedera.sources.catalogue import cite

__version__ = VERSION
__all__ = ["Answer", "World", "__version__", "assess", "assess_attack", "cite", "library", "panel", "timeline"]


def __getattr__(name: str) -> Any:
    """Imports the public names at their first use, so that importing the package stays fast."""
    if name == "library":
        from foedera.library import library

        return library
    if name == "panel":
        from foedera.panel import panel

        return panel
    if name == "timeline":
        from foedera.answers.deck import timeline

        return timeline
    if name == "cite":
        from foedera.sources.catalogue import cite

        return cite
    if name == "World":
        from foedera.answers.game import World

        return World
    if name in __all__:
        from foedera.answers import answer

        return getattr(answer, name)
    raise AttributeError(f"module 'foedera' has no attribute {name!r}")
