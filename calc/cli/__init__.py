"""`triturate plan`: orders from options or a file in, answers and refusals out; an edge of the program, like the web.

- `options`: the command's arguments; `trees`: the tree of an order from dotted names and texts.
- `orders`: the orders of a file, one at a time; `columns`: selected values of an answer.
- `tables`: the output; `command`: one run, its summary and its exit code.
"""
