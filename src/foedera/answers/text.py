"""An answer for the terminal: what can be quoted first, what is open next, what does not bind last."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

from foedera.answers.groups import (
    DilemmaRow, Row, broken, dilemma_rows, miss_groups, row_articles, row_bearers, row_clause, row_status, rows, triggered,
)  # fmt: skip
from foedera.answers.words import (
    HOLDS, capital, clause, day_words, finding_sentence, listed, name_of, near_miss_sentence, proof_lines, question_words,
    treaty_name,
)  # fmt: skip
from foedera.engine.answer_types import Assessment, Finding, NearMiss
from foedera.engine.missing import near_misses, not_bound
from foedera.engine.proof import Proof
from foedera.engine.world import World
from foedera.truth import NO, UNKNOWN

Paint = Callable[[str, str], str]
SHOWN = 4
GUTTER = 12


def plain(text: str, _: str) -> str:
    """No colour."""
    return text


def page(
    assessment: Assessment, title: str, *, width: int = 100, paint: Paint = plain, everything: bool = False, next_step: str = ""
) -> str:
    """The whole answer as text of a width; at most a screenful unless `everything`."""
    lines = [_header(assessment, title, width), ""]
    sections = [
        _dilemmas(assessment), _duties(assessment), _pledges(assessment), _permissions(assessment), _bans(assessment),
        _questions(assessment), _not_bound(assessment),
    ]  # fmt: skip
    for section in sections:
        shown = list(section)
        limit = len(shown) if everything else SHOWN
        for mark, kind, head, details in shown[:limit]:
            lines += _entry(mark, kind, head, details, width, paint)
        if len(shown) > limit:
            lines.append(" " * GUTTER + f"… and {len(shown) - limit} more (--all)")
    if len(lines) == 2:
        lines.append("Nothing is owed, permitted or broken because of these events.")
    if next_step:
        lines += ["", next_step]
    return "\n".join(lines)


Entry = tuple[str, str, str, list[str]]


def _header(assessment: Assessment, title: str, width: int) -> str:
    day = day_words(assessment.world.day)
    extras = [f"reading {assessment.reading}"] if assessment.reading else []
    extras += ["as the public knew it"] if assessment.world.public else []
    left = title + (f" ({', '.join(extras)})" if extras else "")
    gap = width - len(left) - len(day)
    return f"{left}{' ' * gap}{day}" if gap > 1 else f"{left}\n{day}"


def _entry(mark: str, kind: str, head: str, details: list[str], width: int, paint: Paint) -> list[str]:
    label = f"{mark} {kind}"
    room = max(width - GUTTER, 30)
    first, *rest = textwrap.wrap(head, room) or [""]
    lines = [paint(f"{label:<{GUTTER}}", kind) + first] + [" " * GUTTER + line for line in rest]
    for detail in details:
        lines += [" " * (GUTTER + 2) + line for line in textwrap.wrap(detail, room - 2)]
    return lines


def _dilemmas(assessment: Assessment) -> Iterator[Entry]:
    for group in dilemma_rows(assessment.dilemmas):
        yield "◆", "dilemma", dilemma_group_sentence(assessment.world, group), []


def dilemma_group_sentence(world: World, group: DilemmaRow) -> str:
    """One dilemma of several bearers, with every instrument that stands against the duty."""
    first = group.dilemmas[0]
    bearers = listed([capital(name_of(world, code)) for code in group.bearers])
    targets = sorted({f.toward or "" for d in group.dilemmas for f in (d.second,)})
    against = listed([name_of(world, code) for code in targets if code])
    bars = "; ".join(dict.fromkeys(f"{treaty_name(d.second.treaty)} {d.second.rule.article}" for d in group.dilemmas))
    verb = clause(world, first.second)
    if first.second.toward and len(targets) == 1:
        verb = verb.replace(name_of(world, first.second.toward), against)
    text = f"{bearers}: {clause(world, first.first)} ({treaty_name(first.first.treaty)} {first.first.rule.article}), "
    text += f"but {verb} ({bars})."
    ends = {
        "collision": " No act meets both.", "crossed": " It would have to help one side and the other.",
        "narrowed": " Help without arms meets both.",
    }  # fmt: skip
    return text + ends[first.severity] + (f" Settled: {first.resolved_by}." if first.resolved_by else "")


def _duties(assessment: Assessment) -> Iterator[Entry]:
    ordered = sorted(rows(triggered(assessment.findings, "must")), key=_importance)
    for row in ordered:
        yield "■", "must", _row_head(assessment, row), _row_details(assessment, row)


def _importance(row: Row) -> tuple[bool, bool, str]:
    helping = row.first.act in ("assist", "fight", "aid")
    return (row.first.holds is UNKNOWN, not helping, row.first.act)


def _row_head(assessment: Assessment, row: Row) -> str:
    text = f"{row_bearers(assessment.world, row)} → {row_clause(assessment.world, row)}"
    return text + (" (depends)" if row.first.holds is UNKNOWN else "")


def _row_details(assessment: Assessment, row: Row) -> list[str]:
    text = f"{row_articles(row)} · {row_status(row)}"
    details = [text]
    if row.first.holds is UNKNOWN:
        details.append("depends on " + listed([_short_hinge(h) for h in row.first.hinges]))
    minority = sorted({f"{e.question.rpartition('.')[2]}={e.option}: {HOLDS[e.holds]}" for f in row.findings for e in f.readings if e.standing == "minority"})
    if minority:
        details.append("minority readings: " + "; ".join(minority))
    unsure = sorted({f.treaty.id for f in row.findings if f.treaty.confidence == "unsure"})
    if unsure:
        details.append("encoding unsure: " + ", ".join(unsure))
    left_out = sorted({f"{f.treaty.id}/{f.rule.article}" for f in row.findings if _left_out(f)})
    if left_out:
        details.append("not modelled in part: " + ", ".join(left_out))
    return details


def _left_out(finding: Finding) -> bool:
    article = finding.treaty.articles.get(finding.rule.article)
    return article is not None and bool(article.not_modelled)


def _short_hinge(hinge: str) -> str:
    return hinge


def _pledges(assessment: Assessment) -> Iterator[Entry]:
    found = [f for f in assessment.findings if f.treaty.binding != "legal" and f.modality == "must" and not f.standing]
    for row in rows(found):
        yield "□", "pledged", _row_head(assessment, row) + f" ({row.first.treaty.binding}, no legal duty)", _row_details(assessment, row)


def _permissions(assessment: Assessment) -> Iterator[Entry]:
    found = triggered(assessment.findings, "may")
    for row in sorted(rows(found), key=lambda row: row.first.holds is UNKNOWN):
        head = _row_head(assessment, row).replace("→ may ", "→ ")
        yield "▷", "may", head, _row_details(assessment, row)


def _bans(assessment: Assessment) -> Iterator[Entry]:
    found = [*broken(assessment.findings), *(f for f in triggered(assessment.findings, "must_not") if f.stage.status != "breached")]
    for row in rows(found):
        head = _row_head(assessment, row).replace("→ must not ", "→ ")
        yield "⊘", "must not", head, _row_details(assessment, row)


def _questions(assessment: Assessment) -> Iterator[Entry]:
    for question in assessment.questions:
        asks = question_words(assessment, question.about)
        count = f"decides {question.decides} answer{'s' if question.decides != 1 else ''}"
        yield "?", "open", asks, [f"{question.about} ({' | '.join(question.answers)}) · {count}"]


def _not_bound(assessment: Assessment) -> Iterator[Entry]:
    world = assessment.world
    for bearers, miss in miss_groups(not_bound(assessment)):
        names = listed([capital(name_of(world, code)) for code in bearers])
        toward = f" {name_of(world, miss.toward)}" if miss.toward else ""
        yield "·", "not bound", f"{names} → {miss.act.replace('-', ' ')}{toward}: {near_miss_sentence(world, miss)}", []


def why(
    assessment: Assessment, who: str, act: str, whom: str | None, findings: list[Finding], *, width: int = 100,
    paint: Paint = plain, modality: str = "must",
) -> str:  # fmt: skip
    """The proof of every finding that matches, or the exact condition that is missing."""
    blocks = [proof_text(assessment, finding, width=width, paint=paint) for finding in findings]
    if not findings or any(f.holds is UNKNOWN for f in findings):
        misses = [m for m in near_misses(assessment.world, who, modality, act, whom) if "party" not in {p.condition for p in m.missing}]
        if findings:
            misses = [m for m in misses if m.rule is not None and any(m.rule.path == f.rule.path for f in findings)]
            misses = misses if any(e.standing == "rival" for f in findings for e in f.readings) else []
        else:
            misses = misses or list(near_misses(assessment.world, who, modality, act, whom))
        blocks += _why_not(assessment, who, act, whom, misses, bool(findings), width)
    return "\n\n".join(blocks)


def _why_not(
    assessment: Assessment, who: str, act: str, whom: str | None, misses: list[NearMiss], partly: bool, width: int
) -> list[str]:
    world = assessment.world
    if not misses:
        return []
    target = f" {name_of(world, whom)}" if whom else ""
    head = "On the plain text: no" if partly else f"{capital(name_of(world, who))} need not {act.replace('-', ' ')}{target}: no"
    lines = [head]
    for miss in misses[:6]:
        lines += textwrap.wrap("missing: " + near_miss_sentence(world, miss), width, initial_indent="· ", subsequent_indent="  ")
        for part in miss.missing:
            if part.proof.at is not None and part.proof.at.line > 0:
                lines.append(f"    {part.condition:<16} {part.proof.at}")
    return ["\n".join(lines)]


def proof_text(assessment: Assessment, finding: Finding, *, width: int = 100, paint: Paint = plain) -> str:
    """One finding with its proof as a tree; each line ends in the file and line it rests on."""
    world = assessment.world
    head = finding_sentence(world, finding).removesuffix(".")
    verdict = {NO: "no", UNKNOWN: "depends"}.get(finding.holds, f"yes, since {day_words(finding.since)}")
    lines = [paint(f"{head}: {verdict}", finding.modality.replace("_", " "))]
    lines += tree(world, finding.proof, width)
    lines += _reading_lines(finding)
    if finding.hinges:
        lines.append("hinges on " + listed(list(finding.hinges)))
    if finding.stage.status not in ("owed", "respected", "open"):
        by = f" by {finding.stage.by.id} ({finding.stage.by.at})" if finding.stage.by else ""
        lines.append(f"{finding.stage.status}{by}")
    return "\n".join(lines)


def _reading_lines(finding: Finding) -> list[str]:
    lines = []
    for effect in finding.readings:
        name, _, question = effect.question.rpartition(".")
        reading = finding.treaty.readings.get(question) if name == finding.treaty.id else None
        held = ""
        if reading is not None and effect.option in reading.options:
            option = reading.options[effect.option]
            held = f": {option.says}" + (f" Held by {listed(list(option.held_by))}." if option.held_by else "") + f" ({option.at})"
        lines.append(f"reading {question}={effect.option} ({effect.standing}): {HOLDS[effect.holds]}{held}")
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
    first, *rest = textwrap.wrap(text, room) or [""]
    head = f"{lead}{first}"
    gap = max(width - len(head) - len(place), 2)
    return [head + (" " * gap + place if place else "")] + [f"{hang}{line}" for line in rest]
