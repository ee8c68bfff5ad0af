"""Content common to all orders: their parts, defaults, consistency checks and query string."""
