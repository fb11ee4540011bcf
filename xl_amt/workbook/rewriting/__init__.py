"""A client workbook brought from one record to another in its own file, without loss of what a person put there."""

from xl_amt.workbook.rewriting.laid_out import not_laid_out
from xl_amt.workbook.rewriting.log_rows import with_log
from xl_amt.workbook.rewriting.rewrite import rewritten

__all__ = ["not_laid_out", "rewritten", "with_log"]
