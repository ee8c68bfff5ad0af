"""One batch, from open to released and after: its acts, its state, and the rules between them.

- `acts`: what people ask for, as typed. `decide`: the events that follow from an act, or why it is refused.
- `state`: what is known of a batch. `evolve`: how each event changes it.
- `points`, `blind`: where a second person reads the things again, and how the readings are compared.
"""
