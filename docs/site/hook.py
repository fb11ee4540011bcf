"""What the site has beyond the pages of docs: called by mkdocs, see mkdocs.yml.

Pages at the head of the repository, and the law, the sheets and their pictures, come in under names of the site; links
between pages stay those that also work in the repository.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from outside import OUTSIDE, ROOT, links_in_the_site, title_of  # isort: skip  # the other files of this folder
import law_pages
import sheet_pages
from lists import as_the_site_reads_them


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of a folder where the navigation says folder/*."""
    made = _made_pages()
    config.nav = _expanded(config.nav, Path(config.docs_dir), made)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what stands outside of docs, and what is made."""
    for place, name in OUTSIDE.items():
        files.append(File.generated(config, name, abs_src_path=str(ROOT / place)))
    for name, text in _made_pages().items():
        files.append(File.generated(config, name, content=text))
    for name, picture in sheet_pages.pictures(sharp=config.extra["pictures"] == "sharp").items():
        files.append(File.generated(config, name, content=picture))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lead the links of a page to where their targets stand in the site, and keep its lists what they are."""
    return as_the_site_reads_them(links_in_the_site(markdown, page.file.src_uri))


def _made_pages() -> dict[str, str]:
    return law_pages.pages() | {sheet_pages.PAGE: sheet_pages.page()}


def _expanded(entry: Any, docs: Path, made: dict[str, str]) -> Any:
    if isinstance(entry, list):
        return [part for item in entry for part in _flat(_expanded(item, docs, made))]
    if isinstance(entry, dict):
        return {title: _expanded(value, docs, made) for title, value in entry.items()}
    return _pages_of(entry.removesuffix("*"), docs, made) if entry.endswith("/*") else entry


def _flat(expanded: Any) -> list[Any]:
    return expanded if isinstance(expanded, list) else [expanded]


def _pages_of(folder: str, docs: Path, made: dict[str, str]) -> list[Any]:
    """The pages of a folder, its README.md or index.md first, those that are written by title, those made as made."""
    written = {folder + path.name: title_of(path.read_text("utf-8")) for path in (docs / folder).glob("*.md")}
    titles = dict(sorted(written.items(), key=lambda entry: entry[1]))
    titles |= {name: title_of(text) for name, text in made.items() if name.startswith(folder)}
    first = [name for name in titles if name.endswith(("/README.md", "/index.md"))]
    return [*first, *({title: name} for name, title in titles.items() if name not in first)]
