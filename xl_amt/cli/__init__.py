"""The command line: ``xl-amt``."""

from __future__ import annotations

import sys
from typing import Any

import click

from xl_amt import __version__
from xl_amt.cli import answers, client, hosts
from xl_amt.cli.calendar import calendar
from xl_amt.errors import AmtError


class _Group(click.Group):
    """Commands in the order of use; whatever is wrong is one sentence on stderr, and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.commands)

    def main(self, *arguments: Any, **options: Any) -> Any:
        try:
            code = super().main(*arguments, **options | {"standalone_mode": False})
        except AmtError as error:
            code = _failed(str(error))
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            code = 0
        except click.ClickException as error:
            message = error.format_message().rstrip(".")
            code = _failed(message if message.endswith("?") else f"{message}; see xl-amt --help.")
        except click.Abort:
            code = _failed("stopped.")
        sys.exit(code if isinstance(code, int) else 0)


def _failed(sentence: str) -> int:
    click.echo(f"xl-amt: {' '.join(sentence.split())}", err=True)
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
    client.years,
    calendar,
    answers.room,
    answers.calc,
    answers.form_,
    answers.batch,
    answers.functions,
    hosts.addin,
    hosts.doctor,
):
    main.add_command(command)
