"""Running untrusted code in a sandboxed worker process that can only answer calls.

In: the bytes of a submission, a function's name, arguments.
Out: one typed reply for each call (`messages`). Nothing in a reply is trusted.
May import: nothing of ours. The worker itself sees numpy and the standard library.
"""
