"""Pictures from plain scenes: this room knows shapes and ink, and nothing of treaties."""

from foedera.draw.borders import Borders, load_borders
from foedera.draw.former import FORMER
from foedera.draw.frame import gathered
from foedera.draw.history import historical_borders
from foedera.draw.layers import Layer, draw_layer, draw_sheet, sheet_of
from foedera.draw.map import draw_map
from foedera.draw.scene import Arrow, Bloc, Kind, MapScene
from foedera.draw.stage import Base
from foedera.draw.timeline import Column, draw_timeline

__all__ = [
    "FORMER",
    "Arrow",
    "Base",
    "Bloc",
    "Borders",
    "Column",
    "Kind",
    "Layer",
    "MapScene",
    "draw_layer",
    "draw_map",
    "draw_sheet",
    "draw_timeline",
    "gathered",
    "historical_borders",
    "load_borders",
    "sheet_of",
]
