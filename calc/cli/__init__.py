"""`triturate plan`: orders from options or a file in, answers and refusals out; an edge of the program, as the web is.

- `options`: the command's arguments; `trees`: dotted names and texts into the tree of an order.
- `orders`: the orders of a file, one at a time; `columns`: chosen figures of an answer.
- `tables`: what is written; `command`: one run, its summary and its exit code.
"""
