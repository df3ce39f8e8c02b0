"""An index on a PostgreSQL server, for more than one file should hold, or for many who write.

Everything above asks it as it asks a file (``newsmine.index.database``). pg8000 is imported only
where such an address is opened.
"""

from __future__ import annotations

from newsmine.index.postgres.address import Address, is_address, place_of, shown_place

__all__ = ["Address", "is_address", "place_of", "shown_place"]
