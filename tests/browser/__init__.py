"""The pages in a real browser: Debian's Chromium, driven by Playwright, before the real server on a port of its own.

`states.py` is the table of pages and states: a new one is one row there, and everything is asked of it.
"""
