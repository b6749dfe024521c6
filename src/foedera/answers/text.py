"""An answer for the terminal: what can be quoted first, what is open next, what does not bind last."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from foedera.answers.bonds import bonds_of_the_struck, bonds_without
from foedera.answers.page import Entry, Section, conditions, left_out, sections
from foedera.answers.words import (
    HOLDS,
    capital,
    day_words,
    finding_sentence,
    name_of,
    near_miss_sentence,
    proof_lines,
    wrap,
)  # fmt: skip
from foedera.engine.answer_types import Assessment, Finding, NearMiss
from foedera.engine.missing import misses_by_enemy, near_misses
from foedera.engine.proof import Proof
from foedera.engine.world import World
from foedera.language.sentences import listed
from foedera.truth import NO, UNKNOWN

Paint = Callable[[str, str], str]
SCREEN = 24  # lines of a common terminal
ROUND = (
    "must",
    "dilemma",
    "must",
    "open",
    "must not",
    "not bound",
    "may",
    "pledged",
    "settled",
)  # what gets room first
GUTTER = 12


def plain(text: str, _: str) -> str:
    """No colour."""
    return text


def page(
    assessment: Assessment,
    title: str,
    *,
    width: int = 100,
    paint: Paint = plain,
    everything: bool = False,
    next_step: str = "",
) -> str:
    """The answer as text of a width: at most a screenful, and what that leaves out counted, unless `everything`."""
    head, foot = [_header(assessment, title, width), ""], ["", next_step] if next_step else []
    found = sections(assessment)
    articles = left_out(assessment)
    if not found:
        body = ["Nothing is owed, permitted or broken because of these events."]
    elif everything:
        body = [line for section in found for entry in section.entries for line in _entry(section, entry, width, paint)]
        for bond in bonds_of_the_struck(assessment.world):
            body += wrap(bond.sentence, width, initial_indent="· no duty   ", subsequent_indent=" " * 12)
    else:
        body = _screenful(found, articles, width, paint, SCREEN - len(head) - len(foot))
    if articles and (everything or not found):
        body += ["", *_wrapped("not modelled in part: " + ", ".join(articles), width)]
    return "\n".join([*head, *body, *foot])


def _screenful(found: tuple[Section, ...], articles: tuple[str, ...], width: int, paint: Paint, room: int) -> list[str]:
    """The first entries of each section, as many as fit: duties first, then round again."""
    by_name = {section.name: section for section in found}
    blocks = {s.name: [_entry(s, entry, width, paint, short=True) for entry in s.entries] for s in found}
    room -= len(_not_shown(found, dict.fromkeys(by_name, 0), articles, width))
    shown = dict.fromkeys(by_name, 0)
    tired: set[str] = set()
    while len(tired) < len(shown):
        for name in (name for name in ROUND if name in shown and name not in tired):
            block = blocks[name][shown[name]] if shown[name] < len(blocks[name]) else None
            if block is None or len(block) > room:
                tired.add(name)
            else:
                shown[name] += 1
                room -= len(block)
    lines = [line for name, count in shown.items() for block in blocks[name][:count] for line in block]
    return lines + _not_shown(found, shown, articles, width)


def _not_shown(
    found: tuple[Section, ...], shown: Mapping[str, int], articles: tuple[str, ...], width: int
) -> list[str]:  # fmt: skip
    """What a screenful leaves out, counted."""
    left = [(section.name, len(section.entries) - shown[section.name]) for section in found]
    parts = [f"{count} {name}" for name, count in left if count]
    parts += [f"{len(articles)} articles modelled in part"] if articles else []
    return _wrapped("more with --all: " + ", ".join(parts), width) if parts else []


def _header(assessment: Assessment, title: str, width: int) -> str:
    extra, day = conditions(assessment), day_words(assessment.world.day)
    left = title + (f" ({extra})" if extra else "")
    gap = width - len(left) - len(day)
    return f"{left}{' ' * gap}{day}" if gap > 1 else f"{left}\n{day}"


def _entry(section: Section, entry: Entry, width: int, paint: Paint, *, short: bool = False) -> list[str]:
    label = f"{section.mark} {section.name}"
    room = max(width - GUTTER, 30)
    first, *rest = wrap(entry.head, room) or [""]
    lines = [paint(f"{label:<{GUTTER}}", section.name) + first] + [" " * GUTTER + line for line in rest]
    for detail in entry.details[:1] if short else entry.details:
        lines += [" " * (GUTTER + 2) + line for line in wrap(detail, room - 2)]
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, subsequent_indent="  ")


def why(
    assessment: Assessment,
    who: str,
    act: str,
    whom: str | None,
    findings: list[Finding],
    *,
    width: int = 100,
    paint: Paint = plain,
) -> str:
    """The proof of every finding that matches, the surest first; without a duty the exact condition that is missing."""
    surest = sorted(findings, key=lambda finding: finding.holds is UNKNOWN)
    blocks = [proof_text(assessment, finding, width=width, paint=paint) for finding in surest]
    for miss in misses_by_enemy(assessment.world, findings, act):
        blocks.append("\n".join([_need_not(assessment.world, miss), *_missing_lines(assessment.world, miss, width)]))
    if all(finding.modality == "may" for finding in findings):
        found = near_misses(assessment.world, who, "must", act, whom)
        near = [miss for miss in found if "party" not in {part.condition for part in miss.missing}]
        blocks.append(_why_not(assessment, who, act, whom, near or list(found), width))
    return "\n\n".join(blocks)


def _need_not(world: World, miss: NearMiss) -> str:
    """That one who must help against somebody need not against another."""
    who, whom, enemy = (name_of(world, code) for code in (miss.bearer, miss.toward or "", miss.against or ""))
    return f"{capital(who)} need not {miss.act.replace('-', ' ')} {whom} against {enemy}: no duty"


def _why_not(assessment: Assessment, who: str, act: str, whom: str | None, misses: list[NearMiss], width: int) -> str:
    world = assessment.world
    target = f" {name_of(world, whom)}" if whom else ""
    lines = [f"{capital(name_of(world, who))} need not {act.replace('-', ' ')}{target}: no duty"]
    for miss in misses[:6]:
        lines += _missing_lines(world, miss, width)
    for bond in bonds_without(world, who, act, whom):
        lines += wrap(bond.sentence, width, initial_indent="· ", subsequent_indent="  ")
        lines.append(f"    {bond.treaty.at}")
    return "\n".join(lines)


def _missing_lines(world: World, miss: NearMiss, width: int) -> list[str]:
    text = f"missing: {near_miss_sentence(world, miss)}"
    lines = wrap(text, width, initial_indent="· ", subsequent_indent="  ")
    places = dict.fromkeys(
        (part.condition, str(part.proof.at)) for part in miss.missing if part.proof.at and part.proof.at.line > 0
    )
    return lines + [f"    {condition:<16} {place}" for condition, place in places]


def proof_text(assessment: Assessment, finding: Finding, *, width: int = 100, paint: Paint = plain) -> str:
    """One finding with its proof as a tree; each line ends in the file and line it rests on."""
    world = assessment.world
    head = finding_sentence(world, finding).removesuffix(".")
    verdict = {NO: "no", UNKNOWN: "depends"}.get(finding.holds, f"yes, since {day_words(finding.since)}")
    bond = "" if finding.treaty.binding == "legal" else f" ({finding.treaty.binding}, no legal duty)"
    lines = _wrapped(f"{head}: {verdict}{bond}", width)
    lines = [paint(line, finding.modality.replace("_", " ")) for line in lines]
    lines += tree(world, finding.proof, width)
    if finding.reading_only:
        lines.append("On the plain text: no")
        lines += _plain_misses(assessment, finding, width)
    for line in _reading_lines(finding):
        lines += _wrapped(line, width)
    if finding.hinges:
        lines += _wrapped("hinges on " + listed(finding.hinges), width)
    if finding.stage.by is not None:
        lines.append(f"{finding.stage.status} by {finding.stage.by.id} ({finding.stage.by.at})")
    return "\n".join(lines)


def _plain_misses(assessment: Assessment, finding: Finding, width: int) -> list[str]:
    world = assessment.world
    return [line for miss in plain_misses(assessment, finding) for line in _missing_lines(world, miss, width)]


def plain_misses(assessment: Assessment, finding: Finding) -> list[NearMiss]:
    """What the plain text lacks, for a finding that only a rival reading makes."""
    world = assessment.world
    origins = frozenset(f.occurrence.origin.id for f in finding.firings if f.occurrence is not None)
    treaty = world.treaties[finding.treaty.id]
    found = near_misses(world, finding.bearer, finding.modality, finding.act, finding.toward, [treaty], origins)
    return [miss for miss in found if miss.rule is not None]


def _reading_lines(finding: Finding) -> list[str]:
    lines = []
    for effect in finding.readings:
        name, _, question = effect.question.rpartition(".")
        reading = finding.treaty.readings.get(question) if name == finding.treaty.id else None
        held = ""
        bond = f", {effect.binding}" if effect.binding else ""
        if reading is not None and effect.option in reading.options:
            option = reading.options[effect.option]
            held = (
                f": {reading.asks} {option.says}"
                + (f" Held by {listed(option.held_by)}." if option.held_by else "")
                + f" ({option.at})"
            )
        lines.append(f"reading {question}={effect.option} ({effect.standing}): {HOLDS[effect.holds]}{bond}{held}")
    return lines


def tree(world: World, proof: Proof, width: int) -> list[str]:
    """A proof as lines with branches."""
    nodes = list(proof_lines(world, proof))
    lines = []
    for index, (depth, text, node) in enumerate(nodes):
        later = [d for d, _, _ in nodes[index + 1 :]]
        last = depth not in _until_shallower(later, depth)
        stems = "".join("│ " if level in _until_shallower(later, level) else "  " for level in range(depth))
        lines += _branch(stems + ("└ " if last else "├ "), stems + ("  " if last else "│ "), text, node, width)
    return lines


def _until_shallower(depths: list[int], level: int) -> set[int]:
    found: set[int] = set()
    for depth in depths:
        if depth < level:
            break
        found.add(depth)
    return found


def _branch(lead: str, hang: str, text: str, node: Proof, width: int) -> list[str]:
    place = f"{node.at.file}:{node.at.line}" if node.at is not None and node.at.line > 0 else ""
    room = max(width - len(lead) - len(place) - 2, 30)
    first, *rest = wrap(text, room) or [""]
    head = f"{lead}{first}"
    gap = max(width - len(head) - len(place), 2)
    return [head + (" " * gap + place if place else "")] + [f"{hang}{line}" for line in rest]
