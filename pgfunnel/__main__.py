"""``python -m pgfunnel``."""

import sys

from pgfunnel.cli import main

sys.exit(main())
