"""The machine of a recording: what may affect the last bits, and whether it fits together.

What somebody writes by hand into a recording seldom fits: a device "cuda" has a GPU, a capability
and drivers, and a version of torch was built from one commit.
"""

import datetime
import os
import platform
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from checker.proof.recordings.passes import DEVICES

RECORDER = 2  # increase it whenever inputs, passes or switches change
COMMITS = {"2.13.0": "cf30153c4c131c8164ee7798e5022d810682e2cb"}  # of torch, by release
GPU_FIELDS = ("gpu", "capability", "driver", "driver_cuda")
DRIVER_FILE = Path("/proc/driver/nvidia/version")
VERSION = re.compile(r"\d+\.\d+\.\d+")


def describe(torch: Any, device: str, switches: dict[str, bool]) -> dict[str, Any]:
    """Everything that may affect the last bits of the results."""
    matmul = torch.backends.cuda.matmul
    found = {
        "device": device,
        "recorder": RECORDER,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "torch": str(torch.__version__),
        "torch_git": torch.version.git_version,
        "torch_config": torch.__config__.show(),
        "cuda": torch.version.cuda,
        "cudnn": torch.backends.cudnn.version(),
        "numpy": np.__version__,
        "machine": platform.machine(),
        "float32_matmul_precision": torch.get_float32_matmul_precision(),
        "cublas_workspace": os.environ.get("CUBLAS_WORKSPACE_CONFIG", ""),
        "threads": torch.get_num_threads(),
        "switches_outside_the_passes": switches,
        "reduced_precision_reduction": {
            kind: getattr(matmul, f"allow_{kind}_reduced_precision_reduction")
            for kind in ("fp16", "bf16")
        },
        "attention": {
            kind: getattr(torch.backends.cuda, f"{kind}_sdp_enabled")()
            for kind in ("flash", "mem_efficient", "math", "cudnn")
        },
        "cpu_capability": torch.backends.cpu.get_cpu_capability(),
    }
    return found | (_gpu(torch) if device == "cuda" else {})


def _gpu(torch: Any) -> dict[str, Any]:
    return {
        "gpu": torch.cuda.get_device_name(),
        "capability": list(torch.cuda.get_device_capability()),
        "driver": _driver(),
        "driver_cuda": torch._C._cuda_getDriverVersion(),  # the newest CUDA that it runs
    }


def _driver() -> str:
    """The version of the driver: nvidia-smi prints it, and so does a file on Linux."""
    command = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    try:
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        text = DRIVER_FILE.read_text() if DRIVER_FILE.exists() else ""
    found = re.search(r"\d+(\.\d+)+", text)
    return found.group() if found else ""


def problems(environment: dict[str, Any]) -> Iterator[str]:
    """What does not fit together, in words."""
    device, version = environment.get("device"), str(environment.get("torch"))
    release, _, build = version.partition("+")
    if device not in DEVICES:
        yield f"the device is {device!r}, and should be one of {', '.join(DEVICES)}"
    if environment.get("recorder") != RECORDER:
        yield f"recorder {environment.get('recorder')!r} made it, and this one is {RECORDER}"
    if not VERSION.match(release):
        yield f"{version!r} is no version of torch"
    elif release not in COMMITS:
        yield f"torch {release} is not known here: add its commit to COMMITS in environment.py"
    elif environment.get("torch_git") != COMMITS[release]:
        yield f"torch {release} was not built from the commit {environment.get('torch_git')!r}"
    if f"TORCH_VERSION={release}," not in str(environment.get("torch_config")):
        yield f"the configuration of torch is not that of version {release}"
    yield from _of_gpu(environment, build) if device == "cuda" else _of_cpu(environment)


def _of_cpu(environment: dict[str, Any]) -> Iterator[str]:
    if present := [field for field in GPU_FIELDS if field in environment]:
        yield f"the device is the CPU, but there is also {', '.join(present)}"


def _of_gpu(environment: dict[str, Any], build: str) -> Iterator[str]:
    cuda, gpu = environment.get("cuda"), environment.get("gpu")
    capability, newest = environment.get("capability"), environment.get("driver_cuda")
    if not isinstance(gpu, str) or not gpu:
        yield "the device is a GPU without a name"
    if not (isinstance(capability, list) and [type(n) for n in capability] == [int, int]):
        yield f"the capability of the GPU is {capability!r}, and should be two numbers"
    if not re.fullmatch(r"\d+(\.\d+)+", str(environment.get("driver"))):
        yield f"{environment.get('driver')!r} is no version of a driver"
    if type(environment.get("cudnn")) is not int:
        yield "there is no version of cuDNN"
    if not isinstance(cuda, str) or not re.fullmatch(r"\d+\.\d+", cuda):
        yield f"{cuda!r} is no version of CUDA: was torch built for the CPU alone?"
        return
    if build and build != f"cu{cuda.replace('.', '')}":
        yield f"torch was built for {build}, but the version of CUDA is {cuda}"
    # A driver may be older than CUDA within one major version.
    if type(newest) is not int or newest // 1000 < int(cuda.partition(".")[0]):
        yield f"the driver runs CUDA {newest!r}, which is too old for {cuda}"
    if re.search(r"USE_CUDA=(0|OFF)\b", str(environment.get("torch_config"))):
        yield "the configuration of torch is without CUDA"
