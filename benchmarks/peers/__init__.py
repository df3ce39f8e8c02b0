"""Others' ways of finding quotations, on the same text and scorer as newsmine: `make peers`."""
