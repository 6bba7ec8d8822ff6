"""What the grader tells the warm parent: one letter, a process, and seconds of patience.

A fork comes with the worker's end of a line and is answered by its process id; an end is answered
by the exit code.
"""

import struct

ORDER = struct.Struct("<cid")
ANSWER = struct.Struct("<i")
FORK, END = b"F", b"E"
ENDED_UNSEEN = -256  # no exit code is so small
