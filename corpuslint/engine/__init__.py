"""Scan, check, fix, merge: decisions in pure functions."""
