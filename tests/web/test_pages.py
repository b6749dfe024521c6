"""The pages without a browser: every address, its JSON and SVG, hostile text, links that hold the scenario."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from foedera.answers.ask import actor_code
from foedera.answers.expect import run_expectations
from foedera.library import library, open_crisis

NIGER = "/crisis/niger-2023?branch=invasion&at=2023-09-18"
PAGES = (
    "/", "/treaties", "/treaty/aes-2023", "/states", "/states?text=niger", "/state/MLI?on=2023-09-18", NIGER,
    "/crisis/niger-2023/why?who=MLI&act=assist&whom=NER&branch=invasion&at=2023-09-18",
    "/crisis/niger-2023/compare?branch=invasion&branch2=peaceful&at=2023-09-18",
    "/crisis/niger-2023/idle?branch=invasion&at=2023-09-18&off=charter-signed",
    "/crisis/niger-2023/cascade?branch=invasion&at=2023-09-18", "/crisis/rus-attacks-est~2026-11-23",
)  # fmt: skip
TWINS = (
    "/index.json", "/treaties.json", "/states.json?text=niger", "/treaty/aes-2023.json", "/state/MLI.json?on=2023-09-18",
    "/crisis/niger-2023.json?branch=invasion&at=2023-09-18",
    "/crisis/niger-2023/why.json?who=MLI&act=assist&whom=NER&branch=invasion&at=2023-09-18",
    "/crisis/niger-2023/compare.json?branch=invasion&branch2=peaceful&at=2023-09-18",
    "/crisis/niger-2023/cascade.json?branch=invasion&at=2023-09-18",
)  # fmt: skip
PICTURES = (
    "/crisis/niger-2023.svg?branch=invasion&at=2023-09-18", "/crisis/kazakhstan-2022/timeline.svg",
    "/crisis/niger-2023/compare.svg?branch=invasion&branch2=peaceful&at=2023-09-18&side=2",
    "/crisis/niger-2023/cascade.svg?branch=invasion&at=2023-09-18&round=1", "/state/MLI.svg?on=2023-09-18",
)  # fmt: skip
HOSTILE = (
    "/", "/crisis/hostile", "/crisis/hostile?branch=other&at=2023-10-03", "/crisis/hostile/compare?branch2=other",
    "/crisis/hostile/cascade", "/crisis/hostile/idle?off=doubt", "/crisis/hostile/why?who=NER&act=assist&whom=MLI", "/crisis/hostile/report",
    "/crisis/hostile?add=kind:invasion;by:BFA;on:NER;date:2023-10-04;says:%3Cscript%3Ealert(1)%3C/script%3E&at=2023-10-04",
    "/crisis/hostile?fact=trap.lured=yes", "/crisis/hostile?at=%3Cscript%3Ealert(1)%3C/script%3E", "/treaty/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "/crisis/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/crisis/hostile?branch=%3Cscript%3E", "/crisis/hostile/day?at=2023-10-02",
    "/states?text=%3Cscript%3Ealert(1)%3C/script%3E", "/crisis/hostile/why?who=%3Cscript%3Ealert(1)%3C/script%3E",
)  # fmt: skip


class Seen(HTMLParser):
    """The tags of a page with their attributes, and what is left open."""

    VOID = frozenset(("meta", "br", "img", "link", "input", "hr"))

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.stack, self.wrong = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag in ("p", "li") and self.stack and self.stack[-1] != tag:
            return
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(tag)


def fragments(answer):
    """The HTML of an answer: the page, or the parts that its script would put in."""
    if answer.headers["content-type"].startswith("application/json"):
        told = answer.json()
        return [str(told[key]) for key in ("marks", "legend", "panel") if key in told]
    return [answer.text]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_a_well_formed_document_with_one_heading(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    seen = Seen(answer.text)
    assert not seen.wrong and not seen.stack
    assert [tag for tag, _ in seen.tags].count("main") == 1
    ids = [attrs["id"] for _, attrs in seen.tags if "id" in attrs]
    assert len(ids) == len(set(ids)), sorted(name for name in ids if ids.count(name) > 1)[:5]


@pytest.mark.parametrize("address", TWINS)
def test_every_page_has_its_twin_in_json(client, address):
    answer = client.get(address)
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
    assert answer.json()


@pytest.mark.parametrize("address", PICTURES)
def test_every_picture_is_an_svg_of_its_own(client, address):
    answer = client.get(address)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("image/svg+xml")
    assert ElementTree.fromstring(answer.text).tag == "{http://www.w3.org/2000/svg}svg"


def test_the_answer_is_that_of_the_command_line(client, library):
    from foedera.answers.answer import assess

    told = client.get("/crisis/niger-2023.json?branch=invasion&at=2023-09-18").json()
    assert told == json.loads(
        json.dumps(assess("niger-2023", branch="invasion", on="2023-09-18", within=library).json())
    )


def test_a_state_page_tells_which_bonds_are_dead_in_practice(client, library):
    """The alliance of 1924 was never ended: in 1960 it is in force and idle, in page, twin and command alike."""
    assert "idle since 1938-09-30" in client.get("/state/FRA?on=1960-05-16").text
    told = client.get("/state/FRA.json?on=1960-05-16").json()
    assert {"treaty": "fra-csk-1924", "status": "in force", "with": ["CSK"], "idle_since": "1938-09-30"} in told
    assert "Czechoslovakia" not in client.get("/state/FRA.svg?on=1960-05-16").text


@pytest.mark.parametrize("address", HOSTILE)
def test_hostile_text_stays_text(client, address):
    answer = client.get(address)
    assert answer.status_code in (200, 400, 404)
    report = address.endswith("/report")
    for text in fragments(answer):
        for tag, attrs in Seen(text).tags:
            assert not [name for name in attrs if name.startswith("on")], (tag, attrs)
            assert tag not in ("iframe", "object", "embed", "u", "b", "i", "base", "animate", "foreignobject")
            assert tag != "script" or report or attrs == {"type": "module", "src": "/look/bench.js"}
            assert tag != "img" or (attrs["src"] or "").startswith("/crisis/")
            for name in ("href", "src", "action", "xlink:href"):
                value = attrs.get(name) or ""
                assert value.startswith(("/", "#")) or (tag == "link" and value == "data:,") or name not in attrs, (
                    tag,
                    attrs,
                )
        assert "<script>alert" not in text


def test_the_report_of_a_hostile_file_runs_only_its_own_script(client):
    seen = Seen(client.get("/crisis/hostile/report").text)
    scripts = [attrs for tag, attrs in seen.tags if tag == "script"]
    assert scripts == [{"type": "text/plain", "id": "deck"}, {"type": "module"}]


def test_the_hostile_file_is_seen_at_all(client):
    text = client.get("/crisis/hostile").text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 10
    assert "{{ 7 * 7 }}" in text


def test_a_form_leads_to_the_link_that_says_the_same(client):
    answer = client.get(
        "/crisis/hostile/change?toggles=1&keep=raid&keep=vow&keep=band-raid&at=2023-10-03&new-kind=invasion&new-by=BFA"
        "&new-on=NER&new-date=2023-10-03&settle.trap.lured=yes", follow_redirects=False,
    )  # fmt: skip
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert where.startswith("/crisis/hostile?") and "off=doubt" in where and "fact=trap.lured=yes" in where
    assert "add=date:2023-10-03;kind:invasion;by:BFA;on:NER" in where
    assert client.get(where).status_code == 200


@pytest.mark.parametrize(
    ("by", "codes"),
    [
        ("Nigeria", "NGA"), ("burkina faso,  the Ivory Coast,", "BFA,CIV"), ("NGA BEN", "NGA,BEN"), ("SUN", "RUS"),
        ("Soviet Union", "RUS"), ("CNSP, ECOWAS", "cnsp,ecowas"), ("Military government (CNSP)", "cnsp"),
    ],
)  # fmt: skip
def test_an_event_is_added_with_names_as_people_write_them(client, by, codes):
    told = {"new-kind": "invasion", "new-by": by, "new-on": "Niger", "new-date": "2023-09-18", "at": "2023-09-18"}
    answer = client.get("/crisis/niger-2023/change", params=told, follow_redirects=False)
    assert answer.headers["location"].endswith(f"add=date:2023-09-18;kind:invasion;by:{codes};on:NER")


def test_a_name_means_whoever_bore_it_on_the_day_of_the_event(client):
    told = {"new-kind": "invasion", "new-by": "Austria", "new-on": "Prussia", "new-date": "1866-06-20"}
    answer = client.get("/crisis/germany-1866/change", params=told, follow_redirects=False)
    assert answer.headers["location"].endswith("by:AUH;on:DEU")


def test_a_name_that_nobody_bears_is_told_with_the_nearest(client):
    told = {"new-kind": "invasion", "new-by": "Nigerai", "new-on": "Niger", "new-date": "2023-09-18"}
    answer = client.get("/crisis/niger-2023/change", params=told)
    assert answer.status_code == 400
    assert "nobody is called `Nigerai`: did you mean `Nigeria`?" in answer.text
    answer = client.get("/crisis/niger-2023/change", params={**told, "new-by": "Zzzz, Niger"})
    assert "nobody is called `Zzzz`" in answer.text and "see the format page" not in answer.text


@pytest.mark.parametrize("name", ["niger-2023", "germany-1866", "july-1914", "karabakh-2020"])
def test_the_names_offered_are_those_of_the_day_and_each_is_understood(client, library, name):
    text = client.get(f"/crisis/{name}").text
    day = date.fromisoformat(next(attrs["value"] for _, attrs in Seen(text).tags if attrs.get("name") == "at"))
    listed = text[text.index("<datalist") : text.index("</datalist>")]
    offered = {word: label for word, label in re.findall(r'<option value="([^"]+)">([^<]+)</option>', unescape(listed))}
    codes = [label[label.rindex("(") + 1 : -1] for label in offered.values()]
    assert {code for code in codes if code in library.registry.states} == set(library.registry.existing(day))
    assert [actor_code(word, library.crises[name], library.registry, day) for word in offered] == codes


def test_why_tells_against_whom_there_is_no_duty_beside_the_one_there_is(client):
    text = client.get("/crisis/poland-1939/why?who=GBR&act=assist&whom=POL&at=1939-09-18").text
    assert "No duty against the Soviet Union. Missing: the Anglo-Polish agreement, protocol-1(a)" in unescape(text)
    assert "No duty. Missing:" not in text


def test_what_is_added_or_struck_out_changes_the_answer(client):
    with_it = client.get("/crisis/niger-2023.json?branch=invasion&at=2023-09-18").json()
    without = client.get("/crisis/niger-2023.json?branch=invasion&at=2023-09-18&off=invasion").json()
    again = client.get(
        "/crisis/niger-2023.json?branch=invasion&at=2023-09-18&off=invasion"
        "&add=date:2023-09-17;kind:invasion;by:NGA,SEN,CIV,BEN;on:NER;provoked:contested"
    ).json()

    def helps(told):
        return sorted(
            (f["bearer"], f["since"]) for f in told["findings"]
            if f["treaty"] == "aes-2023" and f["act"] == "assist" and f["holds"] == "yes"
        )  # fmt: skip

    assert helps(with_it) == [("BFA", "2023-09-17"), ("MLI", "2023-09-17")]
    assert helps(without) == []
    assert helps(again) == helps(with_it)


def told_idle(client, link):
    """The events of which a page says that they change no answer, and of which day."""
    text = client.get(link.replace("?", "/idle?", 1)).text
    return re.findall(r'data-event="([\w-]+)">Without it no answer of ([^<]+) changes\.<', text)


def test_an_event_whose_absence_changes_no_answer_says_so(client):
    """Unlike the invasion, and although the two are struck out together; on the day shown."""
    assert told_idle(client, NIGER) == []
    assert told_idle(client, NIGER + "&off=charter-signed") == [("charter-signed", "18 September 2023")]
    assert told_idle(client, NIGER + "&off=invasion") == []
    assert told_idle(client, NIGER + "&off=charter-signed,invasion") == [("charter-signed", "18 September 2023")]
    before = "/crisis/niger-2023?branch=invasion&at=2023-09-16&off=invasion"
    assert told_idle(client, before) == [("invasion", "16 September 2023")]


def test_what_the_sentence_says_is_true_of_the_answer_in_json(client):
    """Only proofs may name the event that is gone."""
    link = NIGER.replace("?", ".json?", 1)
    told = [client.get(link + off).json() for off in ("", "&off=charter-signed")]
    for finding in (*told[0]["findings"], *told[1]["findings"]):
        del finding["proof"]
    for part in ("findings", "dilemmas", "questions"):
        assert told[0][part] == told[1][part], part


def test_it_is_not_tried_for_many_events_and_that_is_said(client):
    off = ["tchiani", "goita", "diop", "itte", "crowd", "senate"]
    few, many = (f"{NIGER}&off={','.join(off[:n])}" for n in (5, 6))
    assert len(told_idle(client, few)) == 5 and told_idle(client, many) == []
    assert "it is not tried which of them" not in client.get(few).text
    assert "it is not tried which of them change no answer" in client.get(many).text


def test_a_settled_question_is_no_longer_asked(client):
    link = "/crisis/hostile.json?at=2023-10-02"
    before = [question["about"] for question in client.get(link).json()["questions"]]
    after = [question["about"] for question in client.get(link + "&fact=trap.lured=no").json()["questions"]]
    assert "trap.lured" in before and "trap.lured" not in after


def test_the_saved_file_is_one_that_the_tests_of_crises_accept(client, tmp_path):
    saved = client.get(
        "/crisis/niger-2023/save?branch=invasion&at=2023-09-18&off=coup&fact=ecowas-pmad-1981.in-force=literature"
        "&add=date:2023-09-18;kind:request;by:cnsp;to:MLI,BFA;says:Help%20us;%20now"
    )
    assert saved.headers["content-disposition"] == 'attachment; filename="niger-2023.yaml"'
    file = tmp_path / "mine.yaml"
    file.write_bytes(saved.content)
    known = library()
    crisis = open_crisis(str(file), known)
    mine = [expect for expect in crisis.expect if expect.branch == "what-if"]
    assert mine and "what-if" in crisis.branches
    outcomes = [outcome for outcome in run_expectations(crisis, known) if outcome.expect.branch == "what-if"]
    assert [outcome.got for outcome in outcomes if not outcome.passed] == []


def test_bad_input_is_told_with_what_to_write_instead(client):
    answer = client.get("/crisis/niger-2023?add=kind:invasoin;by:NGA;on:NER;date:2023-09-17")
    assert answer.status_code == 400 and "invasion" in answer.text
    assert client.get("/crisis/nigre-2023").status_code == 404
    assert client.get("/crisis/niger-2023?branch=nope").status_code == 400
    assert client.get("/crisis/niger-2023/day?at=soon").json()["problems"]


def test_a_comparison_has_one_frame_and_says_what_only_one_side_has(client):
    link = "/crisis/niger-2023/compare%s?branch=invasion&branch2=peaceful&at=2023-09-18"
    pictures = [client.get(link % ".svg" + f"&side={side}").text for side in (1, 2)]
    lands = [picture[picture.index("<g stroke=") : picture.index("<title>Mali")][:400] for picture in pictures]
    assert "use force" in pictures[0] and "use force" not in pictures[1]
    assert lands[0][:200] == lands[1][:200]
    told = client.get(link % "").text
    assert "(only here)" in told and "Burkina Faso and Mali must assist Niger" in told


def test_the_workbench_is_small(client):
    for address in (NIGER, "/crisis/july-1914?at=1914-08-04"):
        assert len(client.get(address).content) < 300_000
