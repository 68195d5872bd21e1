"""What is compared, by subject: each module yields the rows of the table.

They run in the process that compares; the works themselves run in benchmarks.stage or
in a process of a peer.
"""
