"""The examples of the pages: commands are taken, sessions print what is shown, Python and TOML run."""

import itertools
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from textwrap import dedent

import click
import pandas
import pytest
from click.testing import CliRunner
from dask import dataframe

from xl_amt.cli import main
from xl_amt.client.toml_file import read_record
from xl_amt.law import enacted
from xl_amt.worksheet import call

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FILES = ("workbook_templates/carta_example.xlsx",)  # from the folder of xl-amt, in which the pages' sessions run

FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:(?<=\n\n) {4}.*\n(?:(?: {4}.*)?\n)*)")
COMMAND = re.compile(r"^(?:\$ )?(xl-amt (?:.*\\\n)*.*)$", re.MULTILINE)
IN_LINE = re.compile(r"`(xl-amt [^`]+)`")
TOML = re.compile(r"\A(?:\[{1,2}[\"\w]|\w+ = )")
FILE_NAME = re.compile(r"[\w./ -]*\w\.(?:xlsx|toml|csv|json|ics|pdf|png)")


def blocks(page):
    """The code blocks of a page, each with its language; indented ones have none."""
    text = page.read_text("utf-8")
    fenced = [(language, dedent(block)) for _, language, block in FENCED.findall(text)]
    return fenced + [("", dedent(block).strip("\n")) for block in INDENTED.findall(FENCED.sub("", text))]


def of_language(language):
    """The blocks of one language as parameters of a test, named by page and number."""
    found = [
        pytest.param(page, block, id=f"{page.relative_to(ROOT).as_posix()}-{number}")
        for page in PAGES
        for number, block in enumerate(block for found, block in blocks(page) if found == language)
    ]
    assert found, language
    return found


def commands(pattern, texts):
    """The commands of texts, each once, without what follows them as a comment."""
    return list(dict.fromkeys(command.replace("\\\n", "") for text in texts for command in pattern.findall(text)))


IN_BLOCKS = commands(COMMAND, [block for page in PAGES for _, block in blocks(page)])
IN_LINES = commands(IN_LINE, [page.read_text("utf-8") for page in PAGES])


def command_of(words):
    """The command of a line of the shell, and its arguments."""
    command = main
    words = [word for word in words[1:] if word != "\n"]
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    return command, words


@pytest.mark.parametrize("line", IN_BLOCKS)
def test_a_command_of_a_page_is_taken(line, tmp_path, monkeypatch):
    """Its options, their kinds and its arguments are those of the command line; the files that it names are there."""
    monkeypatch.chdir(tmp_path)
    words = shlex.split(line.partition(" && ")[0], comments=True)
    for word in words:
        if FILE_NAME.fullmatch(word):
            Path(word).parent.mkdir(parents=True, exist_ok=True)
            Path(word).touch()
    command, arguments = command_of(words)
    assert not isinstance(command, click.Group), line
    command.make_context(command.name, arguments)


@pytest.mark.parametrize("line", IN_LINES)
def test_a_command_in_a_sentence_is_there(line):
    """A command that a sentence names exists, and so do the options that it is given."""
    words = line.replace("…", "").split()
    command, arguments = command_of(words)
    assert command is not main or arguments[0].startswith("-"), line
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    named = {word.partition("=")[0] for word in arguments if re.fullmatch(r"--?[a-z][\w-]*(=.*)?", word)}
    assert named <= known | {"--help", "-h"}


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```console" in page.read_text("utf-8")], ids=lambda page: page.stem
)
def test_a_session_prints_what_is_shown(page, tmp_path, monkeypatch):
    """Each command of a page's sessions, in order and in one folder; ... stands for lines that are left out."""
    monkeypatch.chdir(tmp_path)
    for name in FILES:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, name)
    sessions = [block for language, block in blocks(page) if language == "console"]
    for step in itertools.chain.from_iterable(
        re.split(r"^\$ ", session, flags=re.MULTILINE)[1:] for session in sessions
    ):
        line, _, shown = step.partition("\n")
        result = CliRunner(env={"COLUMNS": "100"}).invoke(main, shlex.split(line)[1:], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        assert fits(shown, result.stdout), f"{line} prints:\n{result.stdout}"


SHOWN_BELOW = [
    (page, command, shown)
    for page in PAGES
    for language, block in blocks(page)
    for command, _, shown in [block.partition("\n\n")]
    if not language and shown and command.startswith("xl-amt ") and "\n" not in command
    if all((ROOT / name).exists() for name in shlex.split(command) if FILE_NAME.fullmatch(name))
]


@pytest.mark.parametrize(("page", "command", "shown"), SHOWN_BELOW, ids=[command for _, command, _ in SHOWN_BELOW])
def test_a_command_prints_what_is_shown_below_it(page, command, shown, monkeypatch):
    """What stands below a command is a part of what it prints, whole lines in their order."""
    monkeypatch.chdir(ROOT)
    result = CliRunner(env={"COLUMNS": "100"}).invoke(main, shlex.split(command)[1:], catch_exceptions=False)
    assert fits(f"...\n{shown}\n...", result.stdout), page.name


def fits(shown, printed):
    """Whether what is shown, with ... for any lines, is what was printed, but for spaces at the ends of lines."""
    given = "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())
    parts = re.split(r"^\.\.\.$", shown.rstrip("\n"), flags=re.MULTILINE)
    return bool(re.fullmatch(r"[\s\S]*".join(re.escape(part.strip("\n")) for part in parts), given))


def test_a_session_that_differs_is_seen():
    """A line that is missing, or a figure that differs, does not fit; lines that are left out do."""
    assert fits("a 1\n...\nc 3\n", "a 1  \nb 2\nc 3\n")
    assert not fits("a 1\nc 3\n", "a 1\nb 2\nc 3\n")
    assert not fits("a 2\n...\n", "a 1\nb 2\n")


class Spark:
    """As much of a Spark table as the page uses: the one partition is a pandas table."""

    def __init__(self, table):
        self.table = table

    def select(self, *columns):
        """Take columns."""
        return Spark(self.table[list(columns)])

    def mapInPandas(self, answers, schema):  # noqa: N802 - Spark's own name
        """Answer each partition, and check the columns of the schema."""
        (answered,) = answers(iter([self.table]))
        assert list(answered.columns) == [column.split()[0] for column in schema.split(", ")]
        return answered


def test_python_of_the_pages_runs():
    """Every block of Python that is no session runs, those of one page one after another."""
    table = pandas.DataFrame(
        {
            "client": ["Ada", "Ben"],
            "status": ["single", "mfj"],
            "year": [2026, 2026],
            "income": [185_000.0, 240_000.0],
            "spread": [40_000.0, 0.0],
        }
    )
    rows = [(185_000.0, "single", 2026), (240_000.0, "mfj", 2026)]
    for page in PAGES:
        names = {
            "table": table.assign(Assets=1.0),
            "ddf": dataframe.from_pandas(table, npartitions=2),
            "df": Spark(table),
        }
        for language, block in blocks(page):
            if language == "python" and ">>> " not in block:
                exec(compile(block, str(page), "exec"), names)  # noqa: S102 - the project's own pages
        if page.name == "a-whole-book.md":
            assert names["functions"] == ["AMT_ROOM"]
            assert names["answered"]["AMT_ROOM"].tolist() == [call("AMT_ROOM", *row) for row in rows]


@pytest.mark.parametrize(
    ("page", "block"),
    [
        pytest.param(page, block, id=f"{page.stem}-{number}")
        for page in PAGES
        for number, (language, block) in enumerate(blocks(page))
        if language == "toml" or (not language and TOML.match(block))
    ],
)
def test_toml_of_the_pages(page, block, tmp_path):
    """It is TOML; a whole record is read, and a block of the law is one that a law book may have."""
    contents = tomllib.loads(block)
    assert contents
    if "format" in contents:
        path = tmp_path / "client.client.toml"
        path.write_text(block, "utf-8")
        assert read_record(path).years
    if is_a_law_book(contents):
        assert enacted("US").overlay(page.name, block).overlaid


def is_a_law_book(contents):
    """Whether every table of it has blocks with a source."""
    groups = [group for group in contents.values() if isinstance(group, dict)]
    return bool(groups) and all(
        isinstance(block, dict) and "source" in block for group in groups for block in group.values()
    )
