"""The description of the endpoints."""
