"""A firm's whole book: a table of households through the worksheet functions, in memory or from file to file."""

from xl_amt.batch.files import BatchReport, answer_file
from xl_amt.batch.table import answer_table

__all__ = ["BatchReport", "answer_file", "answer_table"]
