"""Makes a Datasette of this folder the site of prongsai: the program lies beside this file."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "prongsai"))

from pipeline.site.published import register_site

register_site()
