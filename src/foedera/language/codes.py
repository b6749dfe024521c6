"""What each problem's code means: `foedera explain CODE`."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Lesson(Struct, frozen=True):
    """What is wrong, why it matters, an example that has it and one that does not."""

    what: str
    why: str
    bad: str = ""
    good: str = ""


_TREATY = """\
id: river-pact-1921
title: Pact of the River
in_force: 1921-03-01
ends: open
withdrawal: {notice: 1 year}
parties: {FRA: {}, BEL: {}}
sources: [{title: Gazette of the River 3}]
checked: {on: 2026-11-24, confidence: unsure}
articles:
  "1":
    says: Each helps the other when it is attacked.
"""
_PACT = (
    _TREATY
    + """\
    rules:
      help:
        when: {event: armed-attack, on: party}
        who: other-parties
        must: assist
        examples:
          fires: {given: [{kind: armed-attack, by: DEU, on: BEL}], then: {who: FRA, whom: BEL}}
          silent: {given: [{kind: threat-of-force, by: DEU, on: BEL}], then: {who: FRA, whom: BEL, holds: no}}
          boundary: {given: [{kind: armed-attack, by: FRA, on: BEL}], then: {who: FRA, whom: BEL, holds: no}}
"""
)
_ARGUED = (
    _PACT
    + """\
readings:
  craft:
    asks: Is an attack on a ship an attack on its State?
    ships-too:
      says: A ship stands for its State.
      change: {"1/help": {when: {event: [armed-attack, attack-on-craft], on: party}}}
"""
)
_CRISIS = """\
id: river-1925
title: The river crisis
events:
  - {id: crossing, date: 1925-05-01, kind: invasion, by: DEU, on: BEL}
  - {id: answer, date: 1925-05-02, kind: bombardment, by: BEL, on: DEU, in_response_to: crossing}
"""


def _lesson(what: str, why: str, good: str, old: str, new: str) -> Lesson:
    """A lesson whose bad file is the good one with one thing written wrongly."""
    assert old in good, old
    return Lesson(what, why, good.replace(old, new, 1), good)


_CALM = "id: river-1925\ntitle: The river crisis\nfacts: {government-of-BEL: brussels}\n"
_BRANCHED = _CRISIS + "branches:\n  calm: {says: Nobody answers., drop: [answer]}\n"
_JUDGED = (
    _CRISIS
    + """\
branches:
  calm: {drop: [answer]}
readings:
  open-door: {says: It was let in., set: {crossing.provoked: no}}
expect:
  - {branch: calm, reading: open-door, who: FRA, must: assist, whom: BEL, holds: no}
"""
)
_GROUPED = _PACT.replace("sources:", "groups: {guarantors: [FRA]}\nsources:").replace("other-parties", "guarantors")
_AREA = _PACT.replace("sources:", "areas: {soil: {any: [{territory_of: party}]}}\nsources:").replace(
    "on: party}", "on: party, place: {in: soil}}"
)
_ELASTIC = _PACT.replace(
    "must: assist", "must: assist\n        strength: as-deemed-necessary\n        decides_how: bearer"
)
_HELPED = _PACT.replace("        who: other", "        if: [{helps: {who: GBR, whom: target}}]\n        who: other")
_FORBIDDEN = (
    _PACT.replace("must: assist", "must: fight")
    + """\
      peace:
        who: party
        whom: any-state
        must_not: use-force
        yields_to: this/1/help
        examples: {fires: {then: {who: FRA}}, silent: {then: {who: DEU, holds: no}}, boundary: {then: {who: BEL}}}
"""
)
_STANDING = (
    _TREATY
    + """\
    rules:
      peace:
        who: party
        whom: other-parties
        must_not: use-force
        examples:
          fires: {then: {who: FRA, whom: BEL}}
          silent: {then: {who: FRA, whom: DEU, holds: no}}
          boundary: {then: {who: BEL, whom: FRA}}
"""
)

CODES: Mapping[str, Lesson] = {
    "D001": _lesson(
        "this is no date",
        "A date is a day of the calendar, a month, a year, or the word `unknown`. A day that never was (30 February) "
        "would move every answer that counts from it, so it is refused and not rounded.",
        _TREATY, "in_force: 1921-03-01", "in_force: 1921-02-30",
    ),
    "D002": _lesson(
        "the end comes before the beginning",
        "Intervals are half-open: `since` is the first day in, `until` the first day out. When the second comes first "
        "nobody is ever bound and nothing ever happens, which is rarely what was meant.",
        _TREATY.replace("BEL: {}", "BEL: {since: 1922-01-01, until: 1936-03-06}"), "1922-01-01", "1937-01-01",
    ),
    "D003": _lesson(
        "this state did not exist on that day",
        "A state has the dates of the Correlates of War, and a body that does not exist can neither bind itself nor "
        "act. Often an older or younger state is meant, or the party entered later: then give it its own `since`.",
        _TREATY.replace("{FRA: {}, BEL: {}}", "{FRA: {}, CSK: {}}"), "CSK", "SVK",
    ),
    "D004": _lesson(
        "this is no length of time",
        "Notice and deadlines are counted in whole days, weeks, months or years, because their last day is computed. "
        "Words such as `soon` cannot be counted; a text that has them belongs under `not_modelled`.",
        _TREATY, "1 year", "half a year",
    ),
    "F001": _lesson(
        "the format does not know this key",
        "A key that nobody reads would change nothing and look as if it did. So every key must be one that the format "
        "knows in that place; the message names the nearest one.",
        _TREATY, "sources:", "source:",
    ),
    "F002": _lesson(
        "a key is missing here",
        "Some things are never assumed: who the parties are, when the bond began and ends, what an article says, what "
        "kind of event happened. A file that leaves one out is refused, so that no answer rests on a guess.",
        _TREATY, "ends: open\n", "",
    ),
    "F003": _lesson(
        "a list, a mapping or text stands where something else is wanted",
        "YAML has three shapes: text, lists and mappings. This place takes another one than the one written; the "
        "message says which.",
        _TREATY, "parties: {FRA: {}, BEL: {}}", "parties: [FRA, BEL]",
    ),
    "F004": _lesson(
        "this word is not in the vocabulary",
        "Kinds of event, acts, standings and the like are closed lists. A word that is not on them is an error and "
        "never an unknown, because a misspelt event would otherwise simply not happen.",
        _CRISIS, "kind: invasion", "kind: invazion",
    ),
    "F005": _lesson(
        "this is not an id",
        "Ids are used in paths such as `river-pact-1921/1/help` and in file names. They are made of small letters, "
        "digits and single hyphens.",
        _TREATY, "id: river-pact-1921", "id: River Pact 1921",
    ),
    "F006": _lesson(
        "this is not a number that fits here",
        "Latitudes lie between -90 and 90, a majority is a fraction such as 2/3 or a whole number. Anything else "
        "cannot be compared and is refused.",
        _TREATY.replace("sources:", "areas: {north: {any: [{territory_of: party, north_of: 49.5}]}}\nsources:"),
        "north_of: 49.5", "north_of: 495",
    ),
    "F007": _lesson(
        "two keys stand here that exclude each other",
        "A rule says one thing: somebody must, may, must not, need not, or an event counts as another. Two of these "
        "in one rule would leave open to which of them its conditions belong; write two rules.",
        _PACT, "must: assist", "must: assist\n        may: use-force",
    ),
    "F008": _lesson(
        "a standing rule speaks of an event's people",
        "`target`, `actor` and `sponsor` are bound by the event that `when` describes. A rule without `when` holds at "
        "all times and has no event, so nobody is meant by these words.",
        _STANDING, "whom: other-parties", "whom: target",
    ),
    "F009": _lesson(
        "two events have the same id",
        "Branches, readings, facts and other events point at an event by its id. With two of one name nobody could "
        "say which of them is meant; a branch that replaces an event drops the old one first.",
        _CRISIS, "id: answer", "id: crossing",
    ),
    "L001": _lesson(
        "this reading changes nothing",
        "A reading is a rival answer to an open question, and it is tried by changing a rule and asking again. One "
        "that changes nothing could never matter, and would suggest a dispute where the file holds none.",
        _ARGUED, '      change: {"1/help": {when: {event: [armed-attack, attack-on-craft], on: party}}}\n', "",
    ),
    "L002": _lesson(
        "events answer each other in a ring",
        "An answer to an attack is not an attack, so it matters who began. When each event answers the other, nobody "
        "began; one of them must have come first, or `in_response_to: contested` says that this is disputed.",
        _CRISIS, "on: BEL}", "on: BEL, in_response_to: answer}",
    ),
    "L003": _lesson(
        "a duty waits for a word that nothing defines",
        "Aggression, subversion or an indirect threat is what somebody calls an act, and no act by itself. Unless the "
        "treaty says what counts as it, asks a question, or names who decides, each party may see it where it likes.",
        _PACT, "event: armed-attack", "event: subversion",
    ),
    "L004": _lesson(
        "something is left to judgement, and nobody judges it",
        "A measure `as deemed necessary` needs somebody who deems, and a finding needs an organ that may make it. "
        "Otherwise the parties will quarrel over who decides at the moment when help is wanted.",
        _ELASTIC, "        decides_how: bearer\n", "",
    ),
    "L005": _lesson(
        "a duty waits for itself",
        "Each is to help once the other helps, so nobody ever has to begin; or two rules each give way to the other. "
        "One of them must stand on its own feet.",
        _HELPED, "who: GBR", "who: other-parties",
    ),
    "L006": _lesson(
        "a party lies outside the area in which help is owed",
        "A pact that helps only in certain places may leave a party's own soil out, so that it gives help and gets "
        "none. That can be meant; then accept it and say why.",
        _AREA, "territory_of: party", "territory_of: BEL",
    ),
    "L007": _lesson(
        "the bond has neither a term nor a way out",
        "Without a term or a notice, whether a party may leave is decided by general law (Vienna Convention, Article "
        "56), and that is disputed in nearly every case. Say how long the treaty runs, or how one leaves it.",
        _TREATY, "withdrawal: {notice: 1 year}\n", "",
    ),
    "L008": _lesson(
        "a priority has nothing to work on",
        "The rule overrides, yields to or disclaims something that can never meet it: there is no rule at that place, "
        "it binds other states, or at another time. The clause looks as if it did something.",
        _STANDING.replace("must_not: use-force", "must_not: use-force\n        yields_to: un-charter/51"),
        "un-charter/51", "un-charter/99",
    ),
    "L009": _lesson(
        "the treaty forbids what it commands",
        "A duty and a prohibition of the same instrument meet whenever the duty arises, and no act satisfies both. "
        "Let one yield to the other, so that a party that keeps the treaty can do so.",
        _FORBIDDEN, "        yields_to: this/1/help\n", "",
    ),
    "L010": _lesson(
        "advice is accepted that nobody gives",
        "`accepted` says why a piece of advice is not followed. When the file no longer draws that advice, the reason "
        "would hide the next fault of this kind.",
        _TREATY, "articles:", "accepted: {L007: It was made for ever.}\narticles:",
    ),
    "N001": _lesson(
        "nobody is called this",
        "States go by their ISO3 code (`foedera states TEXT` finds it), organisations by their id; whoever else acts "
        "is declared under `actors:`. A name that means nobody would make duties vanish silently.",
        _CRISIS, "by: DEU", "by: GER",
    ),
    "N003": _lesson(
        "there is no such instrument, article, rule or question",
        "Treaties point at each other (`subject_to`, `overrides`, `bound`), crises at treaties, readings at rules. "
        "The name written here leads nowhere, so what depends on it could never take effect.",
        _TREATY.replace("sources:", "subject_to: un-charter\nsources:"), "un-charter", "un-chartre",
    ),
    "N004": _lesson(
        "there is no such place",
        "Where something happened decides whether a pact reaches it. A place is a state, one of the gazetteer, or one "
        "declared under `places:` of the crisis; in a treaty it may be a region or one of its `areas`.",
        _CRISIS.replace("on: BEL}", "on: BEL, place: falkland-islands}"), "place: falkland-islands", "place: atlantis",
    ),
    "N005": _lesson(
        "a group, area or organ has the name of a role",
        "`party`, `target`, `bearer` and the other roles mean something in every rule. A group of the same name would "
        "make a rule say two things at once.",
        _GROUPED, "{guarantors: [FRA]}", "{guarantors: [FRA], party: [BEL]}",
    ),
    "N006": Lesson(
        "a state cannot attack itself",
        "`foedera if A attacks B` asks about two states, and two names may mean one of them (URS is RUS). This is "
        "about a question on the command line, so there is no file to show.",
    ),
    "N007": _lesson(
        "no event is called this",
        "`in_response_to`, `drop` and facts name events by their id. A name that no event has would leave the thing "
        "it should change as it was.",
        _BRANCHED, "drop: [answer]", "drop: [reply]",
    ),
    "N008": _lesson(
        "this is no fact",
        "A fact settles something that an answer may hinge on: `government-of-CODE`, `TREATY.QUESTION`, "
        "`EVENT.provoked` and the like, or the id of a contested event. Any other name would settle nothing.",
        _CALM, "government-of-BEL", "belgian-government",
    ),
    "S001": _lesson(
        "a rule lacks an example",
        "Every rule carries three: `fires`, `silent` and `boundary`. They are run by `foedera test` and show that the "
        "rule says what its article says, no less and no more.",
        _PACT, next(line for line in _PACT.splitlines(keepends=True) if "silent:" in line), "",
    ),
    "S002": _lesson(
        "a treaty cites no source",
        "An answer is worth as much as the text it rests on, and a reader must be able to look that up. Name at least "
        "one source with its title.",
        _TREATY, "sources: [{title: Gazette of the River 3}]\n", "",
    ),
    "X001": _lesson(
        "an expectation names a branch that is not there",
        "An expectation asks about one branch of its own file. With a name that no branch has it never passes, so "
        "`check` says so before `test` does.",
        _JUDGED, "{branch: calm,", "{branch: clam,",
    ),
    "X002": _lesson(
        "an expectation names a reading that is not there",
        "A reading is one of the crisis's own, `plain`, or `TREATY.QUESTION=OPTION`. An expectation under a reading "
        "that nobody has defined never passes.",
        _JUDGED, "reading: open-door", "reading: opendoor",
    ),
    "X003": _lesson(
        "an expectation or a question names something that does not exist",
        "An expectation about an instrument, a state, a branch or a reading that is not there would pass for the "
        "wrong reason when it expects nothing. It counts as failed instead, with this message.",
        _JUDGED, "who: FRA, must: assist, whom: BEL", "who: FRA, must: assist, whom: BEL, under: river-pact-1291",
    ),
    "T001": Lesson(
        "the table cannot be opened",
        "A source is read from a file that you have: CSV, plain or packed as .gz, .xz or .bz2, in UTF-8. It is not there, "
        "or it is something else, or it is cut off. There is no file to show.",
    ),
    "T002": Lesson(
        "a cell of the table cannot be read",
        "Each column of a source has its kind: a whole number, a day, a 0 or 1. A cell that is empty, `NA` or `.` is "
        "missing and stays so; anything else that is not of its kind stops the reading, because a value guessed here would "
        "move every figure made of it. The line counts from the table's first. A table is too long to show here.",
    ),
    "T003": Lesson(
        "the table is not that of this source",
        "A source is known by its columns. These are not all there: perhaps it is another level of the same data (members, "
        "alliances, dyad-years), another version, or a Stata file that was saved under the name of a CSV. "
        "A table is too long to show here.",
    ),
    "T004": Lesson(
        "there is no source of this name",
        "Each source that Foedera can read has one name, and each level of it has its own: `atop-members` and "
        "`atop-alliances` are two. `foedera data` lists them all. There is no file to show.",
    ),
    "T005": Lesson(
        "what remembers where your data are cannot be read or written",
        "`foedera data add` keeps names and paths in a small JSON file in your folder of settings; with FOEDERA_DATA set to "
        "a folder it is not asked. Remove the file and add your sources again, or set FOEDERA_DATA. "
        "There is no file to show.",
    ),
    "T006": Lesson(
        "a source that this needs is not known",
        "Some answers are made from data that cannot ship with Foedera. Say once where your copy is, with "
        "`foedera data add NAME PATH`, or set FOEDERA_DATA to the folder that holds it. There is no file to show.",
    ),
    "T007": Lesson(
        "the panel would be too large",
        "Pairs of states by day are millions of rows a season. What would not fit into memory is refused before it is "
        "begun: name a shorter stretch of time, or the states you need. There is no file to show.",
    ),
    "T008": Lesson(
        "this form of a panel cannot be made here",
        "A graph is made of pairs, not of single states; and panels need packages that the plain installation leaves out, "
        "because they are large. They come with the extra `panel`. There is no file to show.",
    ),
    "Y001": Lesson(
        "there is no such file or folder, or it cannot be read",
        "The path leads nowhere, to a folder where a file is wanted, or to something that the system does not let you "
        "read. There is no file to show.",
    ),
    "Y002": Lesson(
        "the file is larger than 1 MB",
        "A treaty or a crisis written by hand has some hundred lines, so a file of that size is something else, or "
        "many in one: split it. An example would be too long to show.",
    ),
    "Y003": Lesson(
        "this is not plain UTF-8 text",
        "Files are UTF-8 text without control characters, so that each character has one line and column and "
        "everybody sees the same. The characters that are refused are invisible, so there is nothing to show.",
    ),
    "Y004": _lesson(
        "there is a tab",
        "YAML forbids tabs in indentation, and how wide one is depends on the editor. Write spaces everywhere; two "
        "for each level are enough.",
        _TREATY, '  "1":\n    says', '  "1":\n\tsays',
    ),
    "Y005": Lesson(
        "the file is empty",
        "There is nothing in it, or only comments. A treaty begins with its `id`, a crisis too.",
        "# a treaty will come here\n",
        _TREATY,
    ),
    "Y006": _lesson(
        "this is not YAML",
        "The text cannot be taken apart into keys, lists and values. Most often a sentence with a colon stands "
        "without quotes: put it in quotes, or under `>-`.",
        _TREATY.replace("Each helps the other when it is attacked.", "'Aid: each helps the other.'"),
        "'Aid: each helps the other.'", "Aid: each helps the other.",
    ),
    "Y007": _lesson(
        "the file is nested too deeply",
        "A file needs about a dozen levels, and forty are allowed. More is a slip, such as a bracket that was never "
        "closed, or a trap.",
        _TREATY, "[{title: Gazette of the River 3}]", "[" * 41 + "{title: Gazette of the River 3}" + "]" * 41,
    ),
    "Y008": _lesson(
        "there is a second document in the file",
        "`---` begins another document, and a file holds one treaty or one crisis. Put the second one into a file of "
        "its own; several treaties may also stand under `treaties:` of a crisis.",
        _TREATY, "articles:", "---\narticles:",
    ),
    "Y009": _lesson(
        "anchors, aliases, tags and merge keys are not used",
        "They make a file say things that do not stand where they are read, and a few lines of them can grow into "
        "gigabytes. Write the value out where it belongs.",
        _TREATY, "in_force: 1921-03-01", "in_force: &start 1921-03-01",
    ),
    "Y010": _lesson(
        "a key is itself a list or a mapping",
        "YAML allows a list or a mapping as a key; here keys are words. Often a bracket or a question mark was put "
        "where it does not belong.",
        _TREATY, '  "1":\n', "  [1]:\n",
    ),
    "Y011": _lesson(
        "a key is written twice",
        "In most programs the second one silently wins, and half of what was written is lost. Keep one; where a key "
        "takes several values, write a list.",
        _TREATY, "ends: open\n", "ends: open\nends: 1936-03-06\n",
    ),
    "Y012": Lesson(
        "the file cannot be written",
        "`--html` and `--svg` write where you say. The folder may be missing, the place may be protected, or the name "
        "may be that of a folder; `new` never overwrites a file. There is no file to show.",
    ),
    "Y013": Lesson(
        "a part that is not installed is needed",
        "The core of Foedera needs two small libraries. The workbench (`foedera[web]`) and reports (`foedera[report]`) need "
        "more, and are installed when you ask for them. There is no file to show.",
    ),
    "Y014": Lesson(
        "the address cannot be listened on",
        "Another program has the port, perhaps another workbench, or the address is not one of this machine. There is no "
        "file to show.",
    ),
}  # fmt: skip
