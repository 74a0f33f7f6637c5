"""`python -m dynseg.cli`: the command line where no script is installed."""

import sys

from dynseg.cli.main import main

sys.exit(main())
