"""The commands that the grader sends to the fork server, and the replies to them.

A command is one letter, its own number, a process id and a timeout in seconds. A reply repeats the
number of its command, since nobody may be waiting for it any more. FORK is sent together with the
worker's end of a socket pair; the reply is the process id of the new worker. END ends a worker; the
reply is its exit code. KEEP is sent together with a file of calls that later workers will know.
"""

import struct

COMMAND = struct.Struct("<cIid")
REPLY = struct.Struct("<Ii")
FORK, END, KEEP = b"F", b"E", b"K"
UNKNOWN_EXIT_CODE = -256  # below every real exit code
