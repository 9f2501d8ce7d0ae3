"""Datasets: records, splits, manifest, card, diff, Hub."""
