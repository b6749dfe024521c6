"""Makes `crosscheck` a package that the tests beside it can import from."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
