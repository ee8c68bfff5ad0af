"""The record of what was made: events, rules and rights, as pure functions without a database or a clock."""
