"""People, devices, keys and settings of one pharmacy, as pure functions.

- `acts`: what the pharmacist-in-charge asks for. `decide`: the events that follow, or why it is refused.
- `state`: what is known of a person, a device, a key and the site. `evolve`: how each event changes it.
- `secrets`: which PINs and passwords are taken.
"""
