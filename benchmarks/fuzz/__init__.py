"""Every reader against inputs that are wrong: `python -m benchmarks.fuzz --seconds 600`."""
