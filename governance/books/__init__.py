"""The books of a community: who approves how much, and when a period is shut."""
