"""The system calls that a submission may make, by their numbers; all others are denied.

They give access to memory, clocks, open files, and the process's own signals and limits. None of
them can start a process or thread, make a socket, affect another process, or change a file.
"""

X86_64, AARCH64 = 0xC000003E, 0xC00000B7  # AUDIT_ARCH constants of the kernel
ARCHITECTURE = {"x86_64": X86_64, "aarch64": AARCH64}

# name: (x86-64, aarch64); None if the machine has no such call.
UNRESTRICTED: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "stat": (4, None),
    "fstat": (5, 80),
    "lstat": (6, None),
    "poll": (7, None),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "pread64": (17, 67),
    "readv": (19, 65),
    "writev": (20, 66),
    "access": (21, None),
    "select": (23, None),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "dup": (32, 23),
    "nanosleep": (35, 101),
    "getpid": (39, 172),
    "sendto": (44, 206),
    "recvfrom": (45, 207),
    "exit": (60, 93),
    "uname": (63, 160),
    "getcwd": (79, 17),
    "readlink": (89, None),
    "gettimeofday": (96, 169),
    "getrlimit": (97, 163),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "times": (100, 153),
    "getuid": (102, 174),
    "getgid": (104, 176),
    "geteuid": (107, 175),
    "getegid": (108, 177),
    "getppid": (110, 173),
    "sigaltstack": (131, 132),
    "gettid": (186, 178),
    "time": (201, None),
    "futex": (202, 98),
    "sched_getaffinity": (204, 123),
    "getdents64": (217, 61),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "exit_group": (231, 94),
    "newfstatat": (262, 79),
    "readlinkat": (267, 78),
    "faccessat": (269, 48),
    "pselect6": (270, 72),
    "ppoll": (271, 73),
    "set_robust_list": (273, 99),
    "getrandom": (318, 278),
    "statx": (332, 291),
    "rseq": (334, 293),
    "faccessat2": (439, 439),
}

# Safe only if Landlock restricts which files can be opened.
FILE_OPENING: dict[str, tuple[int | None, int | None]] = {"open": (2, None), "openat": (257, 56)}

DUPLICATE, GET_FLAG, SET_FLAG, GET_STATUS, DUPLICATE_CLOSING = 0, 1, 2, 3, 1030
IS_TERMINAL, CLOSE_ON_EXEC = 0x5401, 0x5451

# name: (x86-64, aarch64, index of an argument, its allowed values). Without restrictions, fcntl
# (F_SETOWN) and ioctl (FIOSETOWN) can send signals to any process of the user, as kill can.
RESTRICTED: dict[str, tuple[int, int, int, tuple[int, ...]]] = {
    "fcntl": (72, 25, 1, (DUPLICATE, GET_FLAG, SET_FLAG, GET_STATUS, DUPLICATE_CLOSING)),
    "ioctl": (16, 29, 1, (IS_TERMINAL, CLOSE_ON_EXEC)),
    "prlimit64": (302, 261, 0, (0,)),  # of this process only
}

# Signals to the process itself, which abort() and failed C assertions use to end it.
OWN_PROCESS_ONLY = {"kill": (62, 129), "tgkill": (234, 131)}
