"""The works of our own, by subject; each runs inside benchmarks.stage."""
