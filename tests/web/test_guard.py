"""What a request has to pass, and what every reply wears."""

from __future__ import annotations

import pytest

from foedera.web.app import ADDRESSES
from foedera.web.guard import POLICY, Guard, hosts_of


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8642", "localhost:1", "[::1]:8642"])
def test_it_answers_to_its_own_names(client, host):
    assert client.get("/look/bench.css", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8642", "", "10.0.0.7"])
def test_it_does_not_answer_for_another_host(client, host):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421 and "niger" not in answer.text


def test_bound_to_all_addresses_it_answers_to_addresses_but_not_to_names():
    hosts, any_address = hosts_of("0.0.0.0")
    guard = Guard(lambda *_: None, hosts, any_address=any_address)
    assert guard.known("10.0.0.7:8642") and guard.known("[fe80::1]:8642") and guard.known("localhost")
    assert not guard.known("evil.example") and not guard.known("evil.example:8642")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("address", sorted({path.replace("{about}", "niger-2023") for path, _ in ADDRESSES}))
def test_nothing_can_be_written_so_nothing_needs_a_token(client, method, address):
    assert client.request(method, address).status_code == 405


def test_a_request_is_small(client):
    assert client.get(f"/crisis/niger-2023?off={'x' * 30_000}").status_code == 414
    assert client.get(f"/crisis/niger-2023?add={'x' * 3_000}").status_code == 400
    assert (
        client.get(
            "/crisis/niger-2023?" + "&".join("add=kind:coup;on:NER;date:2023-09-01" for _ in range(80))
        ).status_code
        == 400
    )
    assert client.get("/crisis/niger-2023?" + "&".join(f"a{n}=b" for n in range(700))).status_code == 414
    assert client.request("GET", "/", content=b"x").status_code == 413


def test_other_sites_may_link_here_but_not_ask(client):
    foreign = {"sec-fetch-site": "cross-site"}
    assert client.get("/", headers={**foreign, "sec-fetch-mode": "no-cors"}).status_code == 403
    assert client.get("/", headers={**foreign, "sec-fetch-mode": "navigate"}).status_code == 200


def test_every_reply_wears_the_policy(client):
    for address in ("/", "/look/bench.js", "/nowhere", "/crisis/nope", "/crisis/niger-2023.json"):
        headers = client.get(address).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert "unsafe" not in POLICY and "default-src 'none'" in POLICY
