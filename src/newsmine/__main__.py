"""``python -m newsmine`` is the command line, too."""

from __future__ import annotations

from newsmine.cli import main

if __name__ == "__main__":
    main()
