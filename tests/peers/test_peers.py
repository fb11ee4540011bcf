"""The peers beside ours: every difference above a dollar is listed, and nothing listed has gone."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import audit
import californians
import pytest
from environment import REQUIREMENTS, python_of_peers
from households import YEARS, generated, household

from xl_amt.law import STATUSES

EACH = 34 if os.environ.get("CI") else 100
"""Households of each year and status: 1,530, or 4,500 on a machine that has the time."""

CALIFORNIANS = 12 if os.environ.get("CI") else 34
"""Californians of each year and status: 360, or 1,020."""

LISTED = audit.entries()

pytestmark = pytest.mark.xdist_group("peers")  # their figures take minutes, and are made once


def peers_of(package):
    """The peers that are asked for the households of one module."""
    return [name for name, peer in audit.PEERS.items() if peer.household is package]


FEDERAL, OF_CALIFORNIA = peers_of(household), peers_of(californians.californian)


def examples_of(peers):
    """The households of the list's examples, of these peers."""
    return [audit.PEERS[entry.peer].household(**entry.example) for entry in LISTED if entry.peer in peers]


@pytest.fixture(scope="module")
def figures():
    """By peer, households and what it makes of them: the examples of the list first, then generated ones."""
    missing = any(not python_of_peers(folder).exists() for folder in REQUIREMENTS)
    if missing and not os.environ.get("CI"):
        pytest.skip("the peers' environments are missing: python tests/peers/environment.py makes them")
    households = dict.fromkeys(FEDERAL, examples_of(FEDERAL) + list(generated(EACH)))
    households |= dict.fromkeys(OF_CALIFORNIA, examples_of(OF_CALIFORNIA) + list(californians.generated(CALIFORNIANS)))
    with ThreadPoolExecutor() as side_by_side:
        answers = side_by_side.map(lambda peer: audit.peer_figures(peer, households[peer]), audit.PEERS)
        return {peer: (households[peer], of_peer) for peer, of_peer in zip(audit.PEERS, answers, strict=True)}


@pytest.mark.parametrize("peer", audit.PEERS)
def test_every_difference_is_explained(figures, peer):
    """Each figure that a peer gives otherwise has one cause in the list, or causes that say they meet, in bounds."""
    households, theirs = figures[peer]
    found = audit.differences(peer, households, theirs)
    unexplained = [reason for each in found if isinstance(reason := audit.explain(each, LISTED), str)]
    assert not unexplained, f"{len(unexplained)} of {len(found)}:\n" + "\n".join(unexplained[:20])


@pytest.mark.parametrize("entry", LISTED, ids=lambda entry: entry.id)
def test_nothing_listed_has_gone(figures, entry):
    """The example of each entry still differs, for this cause alone."""
    households, theirs = figures[entry.peer]
    side_by_side = FEDERAL if entry.peer in FEDERAL else OF_CALIFORNIA
    at = [each for each in LISTED if each.peer in side_by_side].index(entry)
    found = audit.differences(entry.peer, households[at : at + 1], theirs[at : at + 1])
    explained = [audit.explain(each, LISTED) for each in found]
    assert [entry] in explained, f"the example of {entry.id} differs no more: delete the entry ({explained or 'equal'})"


@pytest.mark.parametrize("peer", FEDERAL)
def test_peers_answer(figures, peer):
    """A peer answers nearly all households of the years and with the facts that it can take."""
    answered = sum(answer is not None for answer in figures[peer][1])
    years = len(YEARS) if peer == "Tax-Calculator" else len(YEARS) - 1  # tenforty ends with 2025
    assert answered >= 0.97 * EACH * len(STATUSES) * years


def test_peer_answers_all_californians(figures):
    """PolicyEngine answers every household of California."""
    for peer in OF_CALIFORNIA:
        answered = sum(answer is not None for answer in figures[peer][1])
        assert answered == len(examples_of([peer])) + CALIFORNIANS * len(STATUSES) * len(californians.YEARS)


def test_list_names_the_versions_that_run():
    """The versions in the list are those of the requirements."""
    lines = [line for requirements in REQUIREMENTS.values() for line in requirements.read_text("utf-8").split()]
    pinned = dict(line.split("==") for line in lines if "==" in line)
    running = {(name, pinned[peer.package]) for name, peer in audit.PEERS.items()}
    assert {(entry.peer, entry.version) for entry in LISTED} == running


def test_list_is_well_formed():
    """Every entry has its own id, a known peer, a verdict, and meets only entries that exist."""
    assert len({entry.id for entry in LISTED}) == len(LISTED)
    for entry in LISTED:
        assert entry.peer in audit.PEERS
        assert entry.right in ("xl-amt", "peer", "both")
        assert set(entry.together_with) <= {other.id for other in LISTED if other.peer == entry.peer}
        assert set(entry.statuses) <= set(STATUSES)
        assert set(entry.years) <= set(YEARS)


def test_a_difference_is_explained_only_as_listed():
    """A figure that no entry names is unexplained; a difference beyond its bounds fails, and so do two causes."""
    entry = next(each for each in LISTED if each.id == "TC-02")
    facts = household(**entry.example)
    ours = audit.our_figures(facts)["regular_tax"]

    def explained(theirs, listed, figure="regular_tax"):
        return audit.explain(audit.Difference(entry.peer, facts, figure, ours, theirs), listed)

    assert explained(ours - 4_000.0, [entry]) == [entry]
    assert explained(ours + 5.0, [entry]).startswith("beyond the bounds -4,625.00 to 0.00 of TC-02")
    assert explained(ours - 4_000.0, [entry], "child_tax_credit").startswith("unexplained")
    assert explained(ours - 4_000.0, [entry, replace(entry, id="TC-99")]).startswith("TC-02 and TC-99 both explain")
