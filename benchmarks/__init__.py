"""What the portal costs, as ratios measured in one run: `python3 dev.py bench`.

Absolute figures swing by a factor of two on shared machines; only what was measured
side by side in one run is compared. Nothing here is a test and nothing asserts a time.
"""
