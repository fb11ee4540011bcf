"""The forms as they are printed, whoever prints them: lines with their numbers and words, and a set of forms."""

from xl_amt.forms.printed.forms import ListedLine, PrintedForms, PrintedLine, Sheet
from xl_amt.forms.printed.words import Form, FormFiles, FormLine, in_words

__all__ = ["Form", "FormFiles", "FormLine", "ListedLine", "PrintedForms", "PrintedLine", "Sheet", "in_words"]
