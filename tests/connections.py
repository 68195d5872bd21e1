"""Tests in which two people really write at once."""

import pytest
from django.db import connection

on_two_connections = pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="SQLite has one writer at a time, and its test database one connection",
)
