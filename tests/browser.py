"""A headless Chromium that is driven through its debugging pipe: one page, real clicks."""

import base64
import contextlib
import json
import os
import select
import shutil
import subprocess
import tempfile

NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next(filter(None, map(shutil.which, NAMES)), None)
OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe")

LONGEST = 30  # seconds to wait for an answer


class Browser:
    """Use it as a context manager. `logged` has what the console said, errors included."""

    def __enter__(self):
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        ours, self._out = os.pipe()
        self._in, theirs = os.pipe()
        command = " ".join(
            [f'exec "{PROGRAM}"', *OPTIONS, f'--user-data-dir="{self._profile.name}"']
        )
        # Chromium reads commands from file 3 and answers in file 4.
        shell = ["bash", "-c", f"exec 3<&{ours} 4>&{theirs}; {command}"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(shell, pass_fds=(ours, theirs), **quiet)
        os.close(ours)
        os.close(theirs)
        self._number, self._rest, self._session, self.logged = 0, b"", None, []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError, EOFError):
            self._session = None
            self.send("Browser.close")
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)
        os.close(self._out)
        self._profile.cleanup()

    def send(self, method, **params):
        """The result of a command."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        while True:
            reply = self._received()
            if reply.get("id") == self._number:
                assert "error" not in reply, reply
                return reply["result"]

    def open(self, path, mark=""):
        """Open a file, and wait until it is loaded."""
        self.send("Page.navigate", url="about:blank")  # else another mark loads nothing
        self.send("Page.navigate", url=path.as_uri() + mark)
        while not self.run("document.readyState === 'complete' && location.protocol === 'file:'"):
            pass

    def run(self, script):
        """The value of an expression in the page."""
        result = self.send(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def size(self, width, height=800):
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def media(self, media="", scheme="light"):
        """Show the page as on paper, or in a colour scheme."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.send("Emulation.setEmulatedMedia", media=media, features=features)

    def picture(self):
        return base64.b64decode(self.send("Page.captureScreenshot")["data"])

    def pdf(self):
        return base64.b64decode(self.send("Page.printToPDF")["data"])

    def _received(self):
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], LONGEST)
            chunk = os.read(self._in, 2**20) if ready else b""
            if not chunk:
                raise EOFError("Chromium has ended, or says nothing")
            self._rest += chunk
        line, _, self._rest = self._rest.partition(b"\0")
        reply = json.loads(line)
        if reply.get("method") in (
            "Runtime.consoleAPICalled",
            "Runtime.exceptionThrown",
            "Log.entryAdded",
        ):
            self.logged.append(reply["params"])
        return reply
