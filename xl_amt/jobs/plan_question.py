"""The planner's question from a file of its own, in JSON form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from xl_amt.errors import ArgumentError, FileError
from xl_amt.law.names import quoted
from xl_amt.planning.plan.question import PlanQuestion
from xl_amt.planning.plan.question_file import read_question

_LARGEST: Final = 5_000_000  # bytes of a question


def read_question_file(path: Path) -> PlanQuestion:
    """The question that a JSON file asks; FileError or ArgumentError says what in it cannot be."""
    try:
        if path.stat().st_size > _LARGEST:
            raise FileError(f"{path}: it has more than {_LARGEST:,} bytes, too many for a question; use another file.")
        given = json.loads(
            path.read_bytes().decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_each_once
        )
    except OSError as error:
        raise FileError(
            f"{path} cannot be read as a question ({error.strerror or error}); check its name and folder."
        ) from None
    except UnicodeDecodeError:
        raise FileError(f"{path}: it is not UTF-8 text, as JSON is; save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise FileError(f"{path}: it is not JSON ({error}); correct it there.") from None
    except (RecursionError, ValueError):
        raise FileError(f"{path}: its contents cannot be read as a question; correct it, or use another.") from None
    return read_question(given)


def _no_number(word: str) -> float:
    raise ArgumentError(f"{word} is not a number that a question can hold; enter an amount.")


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, of whose keys none may stand there twice: only the last one would count."""
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ArgumentError(f"{quoted(twice)}: this key appears twice in one object; leave one of them out.")
    return made
