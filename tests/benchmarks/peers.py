"""Time Tax-Calculator, tenforty and xl-amt on the same households in one run: ``python tests/benchmarks/peers.py``.

The peers run in their own environment (python tests/peers/environment.py), each alone after the other. Timed is the
answering only: no process, import, compilation or reading of households.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PEERS = Path(__file__).resolve().parents[1] / "peers"
STATUSES = ("single", "mfj", "mfs", "hoh", "qss")
LABELS = ["Interest", "Ordinary dividends", "Qualified dividends", "Long-term capital gain"]


def households(rows: int) -> dict[str, Any]:
    """Households of every status and of 2018 to 2025, as columns; half of them with gains or qualified dividends."""
    import numpy

    chance = numpy.random.default_rng(6251)
    some = chance.random(rows) < 0.5
    qualified = numpy.where(some, chance.lognormal(8.5, 1.2, rows), 0.0).round(2)
    return {
        "year": chance.integers(2018, 2026, rows),
        "status": [STATUSES[code] for code in chance.integers(0, 5, rows)],
        "wages": chance.lognormal(12.2, 0.8, rows).round(2),
        "interest": chance.lognormal(7.0, 1.2, rows).round(2),
        "qualified": qualified,
        "ordinary": qualified + chance.lognormal(6.0, 1.2, rows).round(2),
        "gain": numpy.where(some, chance.lognormal(10.5, 1.3, rows), 0.0).round(2),
        "spread": chance.lognormal(11.0, 1.2, rows).round(2),
    }


def per_household(rows: int, answer: Callable[[], Any]) -> float:
    """Microseconds for each household."""
    started = time.perf_counter()
    answer()
    return (time.perf_counter() - started) / rows * 1e6


def tax_calculator(rows: int) -> dict[str, float]:
    """Run by the peers' Python: every year's households in columns, compiled beforehand."""
    import numpy
    import pandas
    import taxcalc

    given = households(rows)
    status = numpy.array([STATUSES.index(name) + 1 for name in given["status"]])
    policy = taxcalc.Policy()

    def calculator(year: int, most: int) -> Any:
        at = numpy.flatnonzero(given["year"] == year)[:most]
        table = pandas.DataFrame(
            {
                "RECID": numpy.arange(1, at.size + 1),
                "MARS": status[at],
                "XTOT": numpy.where(status[at] == 2, 2, 1),
                "e00200": given["wages"][at],
                "e00200p": given["wages"][at],
                "e00300": given["interest"][at],
                "e00600": given["ordinary"][at],
                "e00650": given["qualified"][at],
                "p23250": given["gain"][at],
                "cmbtp": given["spread"][at],
                "age_head": 40,
                "age_spouse": numpy.where(status[at] == 2, 40, 0),
            }
        )
        policy.set_year(year)
        records = taxcalc.Records(
            data=table, start_year=year, gfactors=None, weights=None, adjust_ratios=None, exact_calculations=True
        )
        return taxcalc.Calculator(policy=policy, records=records, verbose=False)

    calculator(2018, 10).calc_all()
    calculators = [calculator(year, rows) for year in range(2018, 2026)]
    return {"": per_household(rows, lambda: [each.calc_all() for each in calculators])}


def tenforty(rows: int) -> dict[str, float]:
    """Run by the peers' Python: one household after another."""
    from tenforty import evaluate_return

    given = households(rows)
    names = dict(zip(STATUSES, ("Single", "Married/Joint", "Married/Sep", "Head_of_House", "Widow(er)"), strict=True))
    returns = [
        {
            "year": int(given["year"][row]),
            "filing_status": names[given["status"][row]],
            "w2_income": float(given["wages"][row]),
            "taxable_interest": float(given["interest"][row]),
            "qualified_dividends": float(given["qualified"][row]),
            "ordinary_dividends": float(given["ordinary"][row]),
            "long_term_capital_gains": float(given["gain"][row]),
            "incentive_stock_option_gains": float(given["spread"][row]),
        }
        for row in range(rows)
    ]
    for facts in returns[:50]:
        evaluate_return(**facts)
    return {"": per_household(rows, lambda: [evaluate_return(**facts) for facts in returns])}


def ours(rows: int, scalar_rows: int) -> dict[str, float]:
    """Our columns, and our single cells."""
    import numpy

    from xl_amt.worksheet import call

    given = households(rows)
    amounts = numpy.column_stack([given[name] for name in ("interest", "ordinary", "qualified", "gain")])
    arguments = (given["wages"], given["status"], given["year"])
    cells = [
        (
            float(given["wages"][row]),
            given["status"][row],
            int(given["year"][row]),
            float(given["spread"][row]),
            [float(amount) for amount in amounts[row]],
        )
        for row in range(scalar_rows)
    ]

    def owed() -> None:
        for wages, status, year, spread, labelled in cells:
            call("AMT_OWED", wages, status, year, spread, LABELS, labelled)

    def room() -> None:
        for wages, status, year, _, labelled in cells:
            call("AMT_ROOM", wages, status, year, LABELS, labelled)

    owed()
    room()
    call("AMT_OWED", *(each[:100_000] for each in arguments), given["spread"][:100_000], LABELS, amounts[:100_000])
    return {
        "AMT_OWED, a column": per_household(
            rows, lambda: call("AMT_OWED", *arguments, given["spread"], LABELS, amounts)
        ),
        "AMT_ROOM, a column": per_household(rows, lambda: call("AMT_ROOM", *arguments, LABELS, amounts)),
        "AMT_OWED, one cell": per_household(scalar_rows, owed),
        "AMT_ROOM, one cell": per_household(scalar_rows, room),
    }


def machine() -> str:
    """What the figures were measured on."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [
            line.split(":", 1)[1].strip() for line in info.read_text("utf-8").splitlines() if "model name" in line
        ]
        cpu = models[0] if models else cpu
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}{load}"


def main() -> None:
    """Print a table of microseconds a household."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000, help="households in our columns")
    options.add_argument("--tax-calculator-rows", type=int, default=200_000)
    options.add_argument("--scalar-rows", type=int, default=2_000, help="households one by one")
    options.add_argument("--peer", help="used by itself, in the peers' environment")
    chosen = options.parse_args()
    if chosen.peer:
        peer = {"tax_calculator": tax_calculator, "tenforty": tenforty}[chosen.peer]
        print(json.dumps(peer(chosen.rows)))
        return
    sys.path.insert(0, str(PEERS))
    from environment import python_of_peers

    def time_peer(name: str, rows: int) -> float:
        command = [python_of_peers(), __file__, "--peer", name, "--rows", str(rows)]
        finished = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        return float(json.loads(finished.stdout.splitlines()[-1])[""])

    print(machine())
    lines = [
        (
            "Tax-Calculator: regular tax and AMT, a column",
            chosen.tax_calculator_rows,
            time_peer("tax_calculator", chosen.tax_calculator_rows),
        ),
        ("tenforty: one return", chosen.scalar_rows, time_peer("tenforty", chosen.scalar_rows)),
    ]
    for name, microseconds in ours(chosen.rows, chosen.scalar_rows).items():
        lines.append((f"xl-amt: {name}", chosen.rows if "column" in name else chosen.scalar_rows, microseconds))
    print(f"{'':48}{'households':>12}{'µs each':>10}")
    for name, rows, microseconds in lines:
        print(f"{name:48}{rows:12,}{microseconds:10.2f}")


if __name__ == "__main__":
    main()
