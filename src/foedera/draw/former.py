"""Where states stand that today's borders do not have: the places of their capitals."""

from __future__ import annotations

from collections.abc import Mapping

FORMER: Mapping[str, tuple[float, float]] = {
    "ABK": (41.02, 43.00),  # Sukhumi
    "AUH": (16.37, 48.21),  # Vienna
    "BAD": (8.40, 49.01),  # Karlsruhe
    "BAV": (11.58, 48.14),  # Munich
    "CSK": (14.42, 50.09),  # Prague
    "DDR": (13.41, 52.52),  # Berlin
    "GCL": (-74.07, 4.71),  # Bogotá
    "HAN": (9.73, 52.37),  # Hanover
    "HAW": (-157.86, 21.31),  # Honolulu
    "HSE": (8.65, 49.87),  # Darmstadt
    "HSG": (9.48, 51.31),  # Kassel
    "MEC": (11.42, 53.63),  # Schwerin
    "MOD": (10.93, 44.65),  # Modena
    "OFS": (26.21, -29.12),  # Bloemfontein
    "OSS": (43.97, 42.23),  # Tskhinvali
    "PAP": (12.50, 41.90),  # Rome
    "PMA": (10.33, 44.80),  # Parma
    "RVN": (106.63, 10.82),  # Saigon
    "SAX": (13.74, 51.05),  # Dresden
    "SIC": (14.27, 40.85),  # Naples
    "TBT": (91.12, 29.65),  # Lhasa
    "TEX": (-97.74, 30.27),  # Austin
    "TRA": (28.19, -25.75),  # Pretoria
    "TUS": (11.26, 43.77),  # Florence
    "TUV": (179.20, -8.52),  # Funafuti
    "UPC": (-90.51, 14.63),  # Guatemala City
    "WRT": (9.18, 48.78),  # Stuttgart
    "YMD": (45.03, 12.78),  # Aden
    "YUG": (20.46, 44.80),  # Belgrade
    "ZAN": (39.19, -6.16),  # Zanzibar
}
"""Longitude and latitude in degrees, by id."""
