"""The program on the web: one page and one endpoint on Flask. It reads, calls one function, and answers."""
