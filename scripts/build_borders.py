"""Turns Natural Earth's 50m countries (public domain) into the data of the draw room.

    python scripts/build_borders.py ne_50m_countries.topojson [borders.json.gz]

What comes out is JSON: `arcs` are lines shared by neighbours, each a string of whole
numbers in steps of 1/200 degree (first point, then differences; a line that crosses
180 degrees simply runs on); `shapes` are states by ISO 3166-1 alpha-3 code, or by their
Natural Earth name where they have no code. The same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import io
import json
import math
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from foedera.draw.topology import STEPS, Json, Point, box_of, core_of, parts_of, read_arc, ring_of, write_arc

HOME = Path(__file__).parents[1] / "src/foedera/draw/borders.json.gz"

CODES = """
ABW533 AFG004 AGO024 AIA660 ALA248 ALB008 AND020 ARE784 ARG032 ARM051 ASM016 ATA010 ATF260
ATG028 AUS036 AUT040 AZE031 BDI108 BEL056 BEN204 BFA854 BGD050 BGR100 BHR048 BHS044 BIH070
BLM652 BLR112 BLZ084 BMU060 BOL068 BRA076 BRB052 BRN096 BTN064 BWA072 CAF140 CAN124 CHE756
CHL152 CHN156 CIV384 CMR120 COD180 COG178 COK184 COL170 COM174 CPV132 CRI188 CUB192 CUW531
CYM136 CYP196 CZE203 DEU276 DJI262 DMA212 DNK208 DOM214 DZA012 ECU218 EGY818 ERI232 ESH732
ESP724 EST233 ETH231 FIN246 FJI242 FLK238 FRA250 FRO234 FSM583 GAB266 GBR826 GEO268 GGY831
GHA288 GIN324 GMB270 GNB624 GNQ226 GRC300 GRD308 GRL304 GTM320 GUM316 GUY328 HKG344 HMD334
HND340 HRV191 HTI332 HUN348 IDN360 IMN833 IND356 IOT086 IRL372 IRN364 IRQ368 ISL352 ISR376
ITA380 JAM388 JEY832 JOR400 JPN392 KAZ398 KEN404 KGZ417 KHM116 KIR296 KNA659 KOR410 KWT414
LAO418 LBN422 LBR430 LBY434 LCA662 LIE438 LKA144 LSO426 LTU440 LUX442 LVA428 MAC446 MAF663
MAR504 MCO492 MDA498 MDG450 MDV462 MEX484 MHL584 MKD807 MLI466 MLT470 MMR104 MNE499 MNG496
MNP580 MOZ508 MRT478 MSR500 MUS480 MWI454 MYS458 NAM516 NCL540 NER562 NFK574 NGA566 NIC558
NIU570 NLD528 NOR578 NPL524 NRU520 NZL554 OMN512 PAK586 PAN591 PCN612 PER604 PHL608 PLW585
PNG598 POL616 PRI630 PRK408 PRT620 PRY600 PSE275 PYF258 QAT634 ROU642 RUS643 RWA646 SAU682
SDN729 SEN686 SGP702 SGS239 SHN654 SLB090 SLE694 SLV222 SMR674 SOM706 SPM666 SRB688 SSD728
STP678 SUR740 SVK703 SVN705 SWE752 SWZ748 SXM534 SYC690 SYR760 TCA796 TCD148 TGO768 THA764
TJK762 TKM795 TLS626 TON776 TTO780 TUN788 TUR792 TUV798 TWN158 TZA834 UGA800 UKR804 URY858
USA840 UZB860 VAT336 VCT670 VEN862 VGB092 VIR850 VNM704 VUT548 WLF876 WSM882 YEM887 ZAF710
ZMB894 ZWE716
"""
"""ISO 3166-1: alpha-3 code and number of every state and territory."""
BY_NAME = {"Kosovo": "XKX"}
"""Codes in use that ISO leaves to its users."""
NAMES = {
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Côte d'Ivoire": "Côte d’Ivoire",
    "Dem. Rep. Congo": "DR Congo",
    "Eq. Guinea": "Equatorial Guinea",
    "Faeroe Is.": "Faroe Islands",
    "Macedonia": "North Macedonia",
    "N. Cyprus": "Northern Cyprus",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "Marshall Is.": "Marshall Islands",
    "São Tomé and Principe": "São Tomé and Príncipe",
    "United States of America": "United States",
    "W. Sahara": "Western Sahara",
    "eSwatini": "Eswatini",
}
"""Labels where Natural Earth 4.1 shortens, or has been overtaken."""


def inside_by(x: float, y: float, rings: Sequence[Sequence[tuple[float, float]]]) -> float:
    """How far a point lies inside rings (negative: outside)."""
    inside, best = False, math.inf
    for ring in rings:
        for (x0, y0), (x1, y1) in pairwise(ring):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                inside = not inside
            dx, dy = x1 - x0, y1 - y0
            length = dx * dx + dy * dy
            t = max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / length)) if length else 0.0
            best = min(best, (x0 + t * dx - x) ** 2 + (y0 + t * dy - y) ** 2)
    return math.sqrt(best) * (1 if inside else -1)


def visual_centre(rings: Sequence[Sequence[Point]]) -> tuple[float, float]:
    """The point farthest from the border: a grid, refined round its best cell."""
    w, s, e, n = box_of(rings[0])
    squeeze = max(0.1, math.cos(math.radians((s + n) / 2 / STEPS)))
    flat = [[(x * squeeze, float(y)) for x, y in ring] for ring in rings]
    x, y = (w + e) / 2 * squeeze, (s + n) / 2
    best = inside_by(x, y, flat)
    half_x, half_y = (e - w) * squeeze / 2, (n - s) / 2
    for count in (24, 8, 8, 8):
        cx, cy = x, y
        for i in range(count + 1):
            for j in range(count + 1):
                px = cx + half_x * (2 * i / count - 1)
                py = cy + half_y * (2 * j / count - 1)
                depth = inside_by(px, py, flat)
                if depth > best:
                    x, y, best = px, py, depth
        half_x, half_y = half_x * 2 / count, half_y * 2 / count
    return round(x / squeeze / STEPS, 2), round(y / STEPS, 2)


def shape_of(geometry: Json, arcs: Sequence[list[Point]]) -> Json:
    """One state: its name, label point, core box and parts, the largest first."""
    parts = parts_of(geometry, arcs)
    lon, lat = visual_centre([ring_of(refs, arcs) for refs in parts[0]["rings"]])
    name = geometry["properties"]["name"]
    return {
        "name": NAMES.get(name, name),
        "at": [round((lon + 180) % 360 - 180, 2), lat],
        "core": core_of(parts),
        "parts": [[*part["box"], part["rings"]] for part in parts],
    }


def id_of(geometry: Json, codes: dict[str, str], taken: set[str]) -> str:
    """The ISO code of a shape; its name where there is none or a larger shape has it."""
    name: str = geometry["properties"]["name"]
    code = BY_NAME.get(name) or codes.get(geometry.get("id", ""), name)
    return name if code in taken else code


def build(topology: Json) -> Json:
    """The whole file as plain values."""
    codes = {entry[3:]: entry[:3] for entry in CODES.split()}
    arcs = [read_arc(topology, index) for index in range(len(topology["arcs"]))]
    shapes: dict[str, Json] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        shapes[id_of(geometry, codes, set(shapes))] = shape_of(geometry, arcs)
    return {
        "source": "Natural Earth 4.1, 1:50m admin 0 countries; public domain",
        "steps": STEPS,
        "shapes": dict(sorted(shapes.items())),
        "arcs": [write_arc(line) for line in arcs],
    }


def main(source: Path, target: Path) -> None:
    """Read, build, write, and say how large it is."""
    values = build(json.loads(source.read_text(encoding="utf-8")))
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=packed, mode="wb", compresslevel=9, mtime=0) as file:
        file.write(text.encode())
    target.write_bytes(packed.getvalue())
    print(f"{target}: {len(values['shapes'])} shapes, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else HOME)
