"""Clones brought together through git."""
