"""Typed text into values, or a fault: numbers, the fields of a tree, untrusted JSON."""
