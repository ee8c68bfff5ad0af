"""Parsers of typed text, to a value or a fault: numbers, the fields of a tree, untrusted JSON."""
