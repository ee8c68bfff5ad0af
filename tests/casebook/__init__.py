"""The case book: orders worked by someone who has not seen the code, and the comparison of an answer with one."""
