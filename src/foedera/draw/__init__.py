"""Pictures from plain scenes: this room knows shapes and ink, and nothing of treaties."""

from foedera.draw.map import draw_map
from foedera.draw.scene import Arrow, Bloc, Kind, MapScene

__all__ = ["Arrow", "Bloc", "Kind", "MapScene", "draw_map"]
