"""US Alternative Minimum Tax planning for incentive stock options, as worksheet functions and as Python."""

from typing import Final

__version__: Final = "0.1.0"
