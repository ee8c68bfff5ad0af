"""Where the record is kept: the only place in the program that knows SQL."""
