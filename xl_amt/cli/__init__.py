"""The command line: ``xl-amt``."""

from __future__ import annotations

import sys
from typing import Any

import click

from xl_amt import __version__
from xl_amt.cli import answers, client, hosts, workbook_file
from xl_amt.cli.calendar import calendar
from xl_amt.cli.check import check
from xl_amt.cli.client_copy import client_copy
from xl_amt.cli.december import december
from xl_amt.cli.leaving import leaving
from xl_amt.cli.outlook import outlook
from xl_amt.cli.plan import plan
from xl_amt.cli.report import report
from xl_amt.cli.roll import roll
from xl_amt.cli.terminal import print_what_cannot_be_written_as_a_question_mark, say
from xl_amt.cli.update import update
from xl_amt.errors import AmtError


class _Group(click.Group):
    """Commands in the order of use; whatever is wrong is one sentence on stderr, and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.commands)

    def main(self, *arguments: Any, **options: Any) -> Any:
        print_what_cannot_be_written_as_a_question_mark()
        try:
            code = super().main(*arguments, **options | {"standalone_mode": False})
        except AmtError as error:
            code = _failed(str(error))
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            code = 0
        except click.ClickException as error:
            message = error.format_message().rstrip(".")
            code = _failed(message if message.endswith("?") else f"{message}; see {_named(error)} --help.")
        except click.Abort:
            code = _failed("stopped.")
        except OSError as error:  # such as a disk that is full, or a program that stopped reading what is printed
            place = error.filename or "the output"
            code = _failed(f"{place}: {error.strerror or error}; check the place and try again.")
        except MemoryError:
            code = _failed("there is not enough memory for this; give a smaller file, or close other programs.")
        sys.exit(code if isinstance(code, int) else 0)


def _named(error: click.ClickException) -> str:
    """The command that an error is about, as it is typed."""
    context = getattr(error, "ctx", None)
    return f"xl-amt {context.info_name}" if context is not None and context.parent else "xl-amt"


def _failed(sentence: str) -> int:
    say(f"xl-amt: {' '.join(sentence.split())}", err=True)
    return 2


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="xl-amt")
def main() -> None:
    """Alternative Minimum Tax planning for incentive stock options.

    How many shares can a client exercise this year at $0 federal AMT? Try it on an example: xl-amt demo
    """


for command in (
    client.demo,
    client.new,
    client.import_,
    update,
    client.years,
    plan,
    december,
    outlook,
    leaving,
    calendar,
    report,
    workbook_file.recalc,
    workbook_file.convert,
    check,
    client_copy,
    roll,
    answers.room,
    answers.calc,
    answers.form_,
    answers.batch,
    answers.functions,
    hosts.addin,
    hosts.doctor,
):
    main.add_command(command)
