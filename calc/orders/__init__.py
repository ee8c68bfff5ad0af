"""What every order says, whatever is made: its parts, defaults, consistency, and its query."""
