"""``python -m xl_amt`` is the command line."""

from xl_amt.cli import main

main(prog_name="xl-amt")
