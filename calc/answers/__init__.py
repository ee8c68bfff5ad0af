"""Parts common to all JSON answers: types, figures as shown, problems, the fingerprint."""
