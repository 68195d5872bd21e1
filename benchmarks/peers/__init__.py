"""Programs of the same task, run in an environment of their own."""
