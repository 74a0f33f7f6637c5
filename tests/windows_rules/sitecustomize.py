"""Every Python that a test starts follows the rules too."""

import os
import runpy
from pathlib import Path

if os.environ.get("DYNSEG_WINDOWS_RULES"):
    runpy.run_path(str(Path(__file__).with_name("rules.py")))["switch_on"]()
