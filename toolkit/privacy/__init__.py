"""Personal values at rest: sealed, searchable by keyed hash, masked on screen.

Keys come from the environment (`keys`), values are sealed to their row (`sealing`,
`fields`), equality search goes through `blind`, and pages show `masks`.
"""
