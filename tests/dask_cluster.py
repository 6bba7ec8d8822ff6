"""A Dask scheduler and its workers, each a process on this machine that can be killed."""

import json
import subprocess
import sys
import time

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
OWN = ("--no-dashboard", "--host", "127.0.0.1")


class LocalCluster:
    """Use it as a context manager. `address` is that of the scheduler."""

    def __init__(self, folder, count):
        self._folder, self._count, self.workers = folder, count, []

    def __enter__(self):
        found = self._folder / "scheduler.json"
        self._scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(found))
        for _ in range(600):
            if found.exists() and found.stat().st_size:
                break
            time.sleep(0.05)
        self.address = json.loads(found.read_text())["address"]
        for _ in range(self._count):
            self.add()
        return self

    def __exit__(self, *_):
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()

    def add(self):
        """Start one more worker."""
        one = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self._folder))
        self.workers.append(self._start("worker", self.address, *one))

    def kill(self, number):
        """Kill a worker, as a machine that loses its power does."""
        process = self.workers.pop(number)
        process.kill()
        process.wait()

    def _start(self, kind, *words):
        command = [sys.executable, "-m", "dask", kind, *words, *OWN]
        return subprocess.Popen(command, cwd=self._folder, **QUIET)
