"""The forms of the pages and the queries that they send."""
