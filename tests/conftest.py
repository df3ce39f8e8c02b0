"""Settings for the whole run."""

from __future__ import annotations

from hypothesis import settings

# Machines are noisy: speed is measured by `make bench`, never by a test.
settings.register_profile("newsmine", deadline=None)
settings.load_profile("newsmine")
