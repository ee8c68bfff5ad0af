"""The web edge on Flask: pages and JSON endpoints, each of which reads, calls one function and answers."""
