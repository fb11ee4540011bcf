"""Whatever a JSON document holds, a question is read or refused in one sentence."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from random import Random
from time import time_ns

from xl_amt.errors import AmtError
from xl_amt.planning.plan.answer import answer_of
from xl_amt.planning.plan.question_file import read_question
from xl_amt.planning.plan.solving import solve

QUESTIONS = [json.loads(path.read_text("utf-8"))["question"] for path in Path(__file__).parent.glob("questions/*.json")]
JUNK = (
    None,
    True,
    False,
    0,
    -1,
    0.5,
    1e9,
    1e15,
    1e308,
    "",
    "x",
    "2024",
    "US+CA",
    [],
    [1],
    {},
    {"2024": 5},
    {"a": {}},
    -0.0,
)
TRIES = 600
SECONDS = 0.2


def places(value, path=()):
    """Every place of a document."""
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


def test_any_value_in_any_place():
    """A value of the wrong kind, a key that goes or comes: no error but an AmtError, and any answer is JSON."""
    seed = time_ns() % 1_000_000_000
    print(f"seed {seed}")
    random = Random(seed)  # noqa: S311 - random documents, no secrets
    read = 0
    for _ in range(TRIES):
        document = deepcopy(random.choice(QUESTIONS))
        *above, last = random.choice([path for path in places(document) if path])
        inner = document
        for key in above:
            inner = inner[key]
        if random.random() < 0.2:
            del inner[last]
        else:
            inner[last] = deepcopy(random.choice(JUNK))
        found = question_or_sentence(document)
        if isinstance(found, str):
            assert found.count("\n") == 0, (seed, document)
            continue
        read += 1
        if read % 20 == 0:
            assert answer_or_sentence(found), (seed, document)


def question_or_sentence(document):
    """The question, or the sentence that refuses it."""
    try:
        return read_question(document)
    except AmtError as error:
        return str(error)


def answer_or_sentence(question):
    """The answer as JSON, which has no infinities, or the sentence that refuses it."""
    try:
        return json.dumps(answer_of(solve(question, SECONDS)), allow_nan=False)
    except AmtError as error:
        return str(error)
