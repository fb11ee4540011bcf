"""What the words of a printed form say of its amounts: every sum, difference, product and choice in them."""

import re

import pytest

from xl_amt.worksheet import call

CENT = 0.005
ONE = r"\d+[a-z]?\b"
NUMBER = f"({ONE})"
DOLLARS = r"(\$[\d,]+(?:\.\d+)?)"
LIST = f"((?:{ONE}(?:,? and |, | through )(?:line )?)+{ONE})"
OTHER_FORM = r"(?! of (?:your|the|Schedule|Form)| of \d)"


def dollars(text):
    """A number of dollars as it is printed."""
    return float(text.replace(",", "").removeprefix("$"))


def order(number, without_letter="~"):
    """Where a number stands on the paper; a bare number stands after its letters."""
    digits = re.match(r"\d+", number)[0]
    return int(digits), number.removeprefix(digits) or without_letter


class Table:
    """A printed form as a reader has it: title, and words and amount by line number; a blank line counts as 0."""

    def __init__(self, name, *household):
        (_, self.title, _), *lines = call("AMT_FORM", name, *household)
        self.numbers = [number for number, _, _ in lines]
        self.words = {number: words for number, words, _ in lines}
        self.amounts = {number: amount for number, _, amount in lines}

    def __getitem__(self, number):
        return self.amounts[number] or 0.0

    def through(self, first, last):
        """The numbers from one line to another, as the paper lists them."""
        inner_column = {"2a", "3a", "4a", "5a"} if self.title.startswith("Form 1040") else set()
        printed_numbers = [number for number in self.numbers if re.fullmatch(NUMBER, number)]
        return [
            number
            for number in printed_numbers
            if order(first, "") <= order(number, "") <= order(last, "~") and number not in inner_column
        ]

    def named(self, text):
        """The numbers that a text such as ``1, 2, and 3``, ``5a through 5c`` or ``26 and line 27`` lists."""
        numbers = [word for word in re.split(r"[ ,]+", text) if word not in {"and", "or", "line", "through", ""}]
        return self.through(*numbers) if "through" in text else numbers


def floored(words, amount):
    """The amount, or 0 where the words floor it."""
    floors = r"[Ii]f (?:zero or less|less than zero|line \w+ is more than line \w+),? enter (?:-0-|the amount|\$)"
    return max(amount, 0.0) if re.search(floors, words) else amount


def unless_raised(words, amount):
    """The amount, or None where a separate filer's is raised: "see instructions"."""
    separately = r"married(?:/RDP)? filing separately\b.* and (?:line \w+|this amount) is more than"
    above = re.search(rf"{separately} {DOLLARS}", words)
    return None if above and amount > dollars(above[1]) else amount


def total_of(table, words, found):
    """Add lines 26 and 27. Combine lines 1 through 3."""
    total = sum(table[number] for number in table.named(found[1]))
    if "Add any amount from Schedule 1, line 22" in words:
        total += table["Schedule 1, line 22"]
    if "charitable contributions above" in words:
        total += table[""]
    return unless_raised(words, floored(words, total))


def difference(table, words, found):
    """Subtract line 20 from line 19."""
    return unless_raised(words, floored(words, table[found[2]] - table[found[1]]))


def total_of_far_right_column(table, words, found):
    """Add the amounts in the far right column; from 2026 deductions may be limited (IRC 68)."""
    outer = ["4", "7", "10", "14", "15", "16"] if found[2] == "16" else ["4", "7", "10", "15", "16", "17z"]
    total = sum(table[number] for number in outer)
    limited = "may be limited" in words and table["18"] < total - CENT
    return None if limited else total


def smaller_of_dollars(table, words, found):
    """Enter the smaller of line 5d or $40,000; above an income, see instructions."""
    phase_down = re.search(rf"line 11b is more than {DOLLARS}", words)
    return None if phase_down and table["2"] > dollars(phase_down[1]) else min(table[found[1]], dollars(found[2]))


def quotient(table, _, found):
    """Divide line 10 by $1,000, to a whole number."""
    whole, rest = divmod(table[found[1]], 1_000.0)
    return whole + (1.0 if found[2] == "higher" and rest else 0.0)


def two_rates(table, words, found):
    """If line 6 is $232,600 or less, multiply by 26%; the line of Part III where it is completed."""
    part_iii = re.search(rf"complete Part III and enter the amount from line {NUMBER} here", words)
    if part_iii and table.amounts[part_iii[1]] != "":
        return table[part_iii[1]]
    taxed = table[found[1]]
    if taxed <= dollars(found[2]):
        return taxed * float(found[3])
    return taxed * float(found[4]) - dollars(found[5])


SMALLER = "the smaller of (?:the amount on )?line"
STATEMENTS = {
    rf"(?:Add|Combine) lines? {LIST}(?! of your)": total_of,
    rf"in (?:the )?far[ -]right column for lines {NUMBER} through {NUMBER}": total_of_far_right_column,
    rf"Subtract line {NUMBER} from line {NUMBER}": difference,
    rf"Subtract lines {NUMBER} and {NUMBER} from line {NUMBER}": lambda table, words, found: floored(
        words, table[found[3]] - table[found[1]] - table[found[2]]
    ),
    rf"Subtract line {NUMBER} from {DOLLARS}": lambda table, words, found: floored(
        words, dollars(found[2]) - table[found[1]]
    ),
    rf"subtract (Schedule 1, line 36), from line {NUMBER}": lambda table, _, found: table[found[2]] - table[found[1]],
    rf"{SMALLER} {NUMBER} or line {NUMBER}": lambda table, _, found: min(table[found[1]], table[found[2]]),
    rf"{SMALLER} {NUMBER} or {DOLLARS}": smaller_of_dollars,
    rf"the larger of line {NUMBER} or line {NUMBER}": lambda table, _, found: max(table[found[1]], table[found[2]]),
    rf"smaller of the loss on line {NUMBER}; or \({DOLLARS}\)": lambda table, _, found: (
        -min(-table[found[1]], dollars(found[2]))
    ),
    rf"Multiply line {NUMBER} by [\d.]+% \(([\d.]+)\)": lambda table, _, found: table[found[1]] * float(found[2]),
    rf"Multiply line {NUMBER} by {DOLLARS}": lambda table, _, found: table[found[1]] * dollars(found[2]),
    rf"Divide line {NUMBER} by \$1,000.*(lower|higher) whole": quotient,
    rf"^Enter the amount from (?:Form (?:6251|8801), )?line {NUMBER}$": lambda table, _, found: table[found[1]],
    rf"^If you did not complete .* enter the amount from line {NUMBER}$": lambda table, _, found: table[found[1]],
    rf"^Enter {DOLLARS} if ": lambda *given: dollars(given[2][1]),
    rf"If line {NUMBER} is {DOLLARS} or less, multiply "
    rf".*?\(([\d.]+)\).*?\(([\d.]+)\) and subtract {DOLLARS} from": two_rates,
}


def statements(table, line):
    """What the words of one line say of its amount: each statement in them, and the amount that it gives."""
    words = table.words[line]
    for pattern, expected in STATEMENTS.items():
        for found in re.finditer(pattern, words):
            amount = expected(table, words, found)
            if amount is not None:
                yield found[0], amount


def check_statements(table):
    """Every statement holds on every line that is filled; returns the lines that were checked."""
    checked = []
    for line, words in table.words.items():
        if table.amounts[line] == "" or words.startswith("Combine lines 18 through 20"):
            continue
        for sentence, expected in statements(table, line):
            assert table[line] == pytest.approx(expected, rel=0, abs=CENT), (table.title, line, sentence)
            checked.append(line)
    return checked
