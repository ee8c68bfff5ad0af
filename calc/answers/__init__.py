"""What every JSON answer is made of: its types, how a figure is written, problems, the fingerprint."""
