"""The audit's own modules, found by name beside its tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
