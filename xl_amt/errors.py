"""The errors of xl-amt: each is one sentence that says what is wrong, where, and what would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from datetime import date


class AmtError(Exception):
    """A request that cannot be answered; ``str(error)`` is the whole sentence.

    ``cell_value`` is the error value that a spreadsheet cell shows in its place.
    """

    cell_value = "#VALUE!"

    def in_row(self, number: int) -> Self:
        """The same error, saying in which row of a range it stands."""
        return self.within(f"row {number}")

    def within(self, where: str) -> Self:
        """The same error with all that it holds, saying where it stands."""
        located = self.__class__.__new__(self.__class__, f"{where}: {self}")
        located.__dict__.update(self.__dict__)
        return located


class ArgumentError(AmtError):
    """An argument of the wrong kind, out of range, or at odds with another one."""


class NotExercisableError(ArgumentError):
    """An exercise of more shares than can be exercised on its day.

    ``available`` shares of the grant can be; ``unvested`` more could be, if the plan allowed it before they vest.
    """

    def __init__(self, sentence: str, *, grant: str, day: date, shares: int, available: int, unvested: int) -> None:
        super().__init__(sentence)
        self.grant = grant
        self.day = day
        self.shares = shares
        self.available = available
        self.unvested = unvested


class NotHeldError(AmtError):
    """Law or facts that xl-amt does not hold: a year, a jurisdiction, a case out of scope."""

    cell_value = "#N/A"


class NoAnswerError(AmtError):
    """A question that these facts leave without an answer."""

    cell_value = "#N/A"


class NoSolutionError(AmtError):
    """A question that has no answer in numbers."""

    cell_value = "#NUM!"


class FileError(AmtError):
    """A file that cannot be read or written as asked."""


class CellHoldsError(AmtError):
    """A cell that already held an error was given; the same error comes out."""

    def __init__(self, cell_value: str, where: str) -> None:
        self.cell_value = cell_value
        super().__init__(f"{where} holds the error {cell_value}: correct that cell first.")
