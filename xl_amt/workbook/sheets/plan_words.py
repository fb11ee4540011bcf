"""The words of the sheet Plan: its answer, what the planner proved, and what is to be known about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from xl_amt.planning.plan.answer import CASH_DUE, LAPSES, NOT_FIGURED
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, put, put_text
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.sheets.plan_layout import STRATEGIES, PlanLayout
from xl_amt.workbook.sheets.plan_taxes import row_of_all
from xl_amt.workbook.sheets.year_columns import YearColumns, dollars

TO_KNOW: Final = (
    CASH_DUE,
    NOT_FIGURED,
    LAPSES,
    "A dollar of credit left is worth less than one of cash: it comes back against regular tax above tentative tax.",
    "Years after the last enacted one are figured by projected law; a value per share in a later year is a guess.",
    "Planned sales stay as recorded when shares are tried above. Payroll taxes are not figured.",
    "Shares tried of an ISO grant all count as ISOs, even those that the $100,000 rule would make NSOs.",
)

_AIMS: Final = {"least tax": "least tax, which is the least AMT of exercising everything"}


def put_answer(plan: YearColumns, book: Book, rows: PlanLayout) -> None:
    """What the plan comes to, in one sentence at the head of the sheet."""
    codes = codes_of(book.record)
    shares = f"{plan.total}{rows.shares_total}"
    amt = f"{plan.total}{row_of_all(rows.outcome, codes, 'AMT')}"
    used = "+".join(f"{plan.total}{rows.outcome[f'{code} credit used']}" for code in codes)
    last = "COUNT(Years)"
    left = "+".join(f"INDEX({plan.across(rows.outcome[f'{code} credit left'])},{last})" for code in codes)
    tried = 'IF(Plan_tried=0,"","Tried, not recorded: ")'
    words = (
        f'TEXT({shares},"#,##0")&" shares by plan: "&{dollars(amt)}&" of AMT in total, "&{dollars(used)}'
        f'&" of credit used by "&MAX(Years)&", "&{dollars(left)}&" of credit left then."'
    )
    none = '"No exercise is planned. Type shares into the yellow cells to try a plan."'
    answer = f'=IF(Missing_inputs<>"",Missing_inputs,IF({shares}=0,{none},{tried}&{words}))'
    plan.answer(answer, "Plan_in_words")


def put_to_know(plan: YearColumns, rows: PlanLayout) -> None:
    """What is to be known about every plan."""
    plan.section(rows.words[0] - 1, "What to know about the plan")
    for row, sentence in zip(rows.words, TO_KNOW, strict=True):
        put(plan.sheet, f"A{row}", sentence, style.PLAIN_FORMULA)


def put_planner(plan: YearColumns, book: Book, rows: PlanLayout) -> None:
    """The best schedule that the planner found, how good it is proved to be, and what other ways come to."""
    first = rows.planner[0]
    plan.section(first - 1, "What the planner found")
    none = (
        '"The planner has not been asked: the command xl-amt plan finds the best schedule and proves how good it is."'
    )
    day = 'IF(Planner_date="","","on "&TEXT(Planner_date,"mmm d, yyyy")&", ")'
    found = f'"Found "&{day}&"from the facts of that day; they are not figured again here."'
    put(plan.sheet, f"A{first}", f'=IF(Planner_worth="",{none},{found})', style.PLAIN_FORMULA)
    define(plan.sheet, "Planner_date", f"B{first + 1}")
    define(plan.sheet, "Planner_worth", f"B{first + 2}")
    lines = _lines(book.plan) if book.plan else []
    for place, row in enumerate(rows.planner[1:]):
        words, figure, remark = lines[place] if place < len(lines) else ("", None, "")
        put_text(plan.sheet, f"A{row}", words, style.PLAIN_FORMULA)
        put(plan.sheet, f"B{row}", figure, style.PLAIN_FORMULA, style.DAY if place == 0 else style.DOLLARS)
        put_text(plan.sheet, f"C{row}", remark, style.PLAIN_FORMULA)


def _lines(answer: Mapping[str, Any]) -> list[tuple[str, date | float | None, str]]:
    """One line per figure: its words, its value, and a remark; the day stands in the answer as found_on, if at all."""
    proved = "proved: no schedule is better by more" if answer["proved"] else "not proved in the time given"
    lines: list[tuple[str, date | float | None, str]] = [
        ("Found on", answer.get("found_on"), f"Aim: {_AIMS.get(answer['aim'], answer['aim'])}"),
        ("Its worth by the aim, dollars", answer["objective"], "In all years, discounted"),
        ("No schedule can beat, dollars", answer["bound"], proved),
    ]
    for strategy in answer["strategies"][:STRATEGIES]:
        instead = strategy["why_not"] or f"AMT {strategy['amt_in_all']:,.0f}, cash {strategy['cash']:,.0f}"
        lines.append((f"Instead: {strategy['name']}", strategy["objective"], instead))
    return lines
