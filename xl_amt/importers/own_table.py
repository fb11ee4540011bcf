"""A table under headers that no layout has: what each of them means, as its user says once.

Only the headers that are not understood need to be named; the others go by Carta's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from xl_amt.errors import ArgumentError
from xl_amt.importers.layout import Fact, Layout
from xl_amt.importers.layouts.carta import EXERCISED_AND_SETTLED, GRANTS, LEDGER, VALUATIONS, VESTING_DETAILS
from xl_amt.importers.match import normalised
from xl_amt.law.names import nearest

_TEMPLATES: Final = (GRANTS, EXERCISED_AND_SETTLED, VESTING_DETAILS, LEDGER, VALUATIONS)


def layout_of(columns: Mapping[str, str], name: str = "own table") -> Layout:
    """The layout of a table whose headers mean the facts of ``columns``, each named as in "security ID".

    A table need not name its holder. ArgumentError for a fact that is none, or facts that no row states together.

    >>> layout_of({"Award #": "security ID", "Awarded": "quantity issued"}).kind
    'grant'
    """
    facts: defaultdict[Fact, list[str]] = defaultdict(list)
    for header, words in columns.items():
        if not normalised(header):
            raise ArgumentError("--columns: a header is blank; write each as HEADER=FACT.")
        facts[_fact_called(words)].append(header)
    template = next((layout for layout in _TEMPLATES if facts.keys() <= layout.headers.keys()), None)
    if template is None:
        named = ", ".join(fact.value for fact in facts)
        raise ArgumentError(f"--columns: no table states {named} together; describe one table at a time.")
    mapped = {normalised(header) for header in columns}
    headers = {
        fact: (*facts.get(fact, ()), *(header for header in usual if normalised(header) not in mapped))
        for fact, usual in template.headers.items()
    }
    needs = tuple(need for need in template.needs if need != ((Fact.STAKEHOLDER,),))
    return replace(template, platform="own table", table=name, headers=headers, needs=needs, marks=tuple(columns))


def fact_names() -> list[str]:
    """The facts that a column can be said to state, in words."""
    return list(dict.fromkeys(fact.value for layout in _TEMPLATES for fact in layout.headers))


def _fact_called(words: str) -> Fact:
    names = {normalised(name): name for name in fact_names()}
    if normalised(words) not in names:
        near = nearest(words, list(names.values()))
        hint = f"did you mean '{near}'?" if near else f"use one such as {', '.join(fact_names()[3:9])}."
        raise ArgumentError(f"--columns: '{words[:40]}' is not a fact of a column; {hint}")
    return Fact(names[normalised(words)])
