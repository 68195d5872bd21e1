"""What dev.py is made of.

Standard library only, except the modules that run inside the environment:
prepare, browser_tests and messages.
"""
