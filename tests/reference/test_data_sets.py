"""Data sampled from a seed have their properties; files are read, or the error says why not."""

import gzip
import runpy
import struct
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from checker.proof import construction
from checker.proof.verify import check, oracles
from reference.catalogue import names, operation
from reference.data import FASHION_CLASSES, digits, fashion_mnist, read_idx

SAMPLED = sorted(name for name, module in names().items() if ".data." in module)


@pytest.mark.parametrize("name", SAMPLED)
def test_every_property_holds(name):
    spec = operation(name)
    trials = construction.cases(spec).trials
    rows = [check(name, spec, title, oracle, trials) for title, oracle in oracles(spec).items()]
    assert len(rows) >= 2
    assert [row for row in rows if not row.passed] == []


@pytest.mark.parametrize("name", SAMPLED)
def test_a_seed_determines_the_data(name):
    run = operation(name).run
    first, again, other = (run(examples=50, seed=seed) for seed in (3, 3, 4))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[0], other[0])


@pytest.mark.parametrize("name", SAMPLED)
def test_sampling_leaves_the_global_generator_alone(name):
    before = np.random.get_state()[1].copy()
    operation(name).run(examples=50)
    assert np.array_equal(before, np.random.get_state()[1])


def test_a_line_cannot_part_the_moons_but_parts_two_blobs():
    """The least squares line is right about all of the blobs and not about all of the moons."""
    errors = {}
    for name, settings in {"two_moons": {"noise": 0.0}, "blobs": {"classes": 2}}.items():
        points, labels = operation(name).run(examples=400, **settings)
        rows = np.column_stack([points, np.ones(len(points))])
        line, *_ = np.linalg.lstsq(rows, 2.0 * labels - 1)
        errors[name] = np.mean((rows @ line > 0) != labels)
    assert errors["blobs"] == 0
    assert errors["two_moons"] > 0.05


def test_the_digits_are_the_known_ones():
    images, labels = digits()
    assert images.shape == (1797, 8, 8)
    assert (images.min(), images.max(), images.sum()) == (0.0, 16.0, 561718.0)
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert images[0, 0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]


def test_the_licence_lies_beside_the_digits():
    assert "CC BY 4.0" in files("reference.data").joinpath("digits_licence.txt").read_text()


def idx(code, shape, content):
    return struct.pack(f">HBB{len(shape)}I", 0, code, len(shape), *shape) + content


@pytest.mark.parametrize(
    ("code", "packed", "values"),
    [
        (0x08, "B", [0, 1, 255, 7, 8, 9]),
        (0x09, "b", [-128, 127, 0, 1, 2, 3]),
        (0x0B, "h", [-300, 300, 0, 1, 2, 3]),
        (0x0C, "i", [-70000, 70000, 0, 1, 2, 3]),
        (0x0D, "f", [0.5, -0.25, 0, 1, 2, 3]),
        (0x0E, "d", [0.1, -0.2, 0, 1, 2, 3]),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_every_idx_type_is_read(tmp_path, code, packed, values, pack):
    path = tmp_path / "file"
    path.write_bytes(pack(idx(code, (2, 3), struct.pack(f">6{packed}", *values))))
    array = read_idx(path)
    assert array.tolist() == np.reshape(values, (2, 3)).tolist()
    assert array.dtype.isnative


WHOLE = idx(0x08, (2, 3), bytes(6))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "ends within its header"),
        (WHOLE[:7], "ends within its header"),
        (WHOLE[:-1], r"should hold 6 bytes for shape \(2, 3\), but holds 5"),
        (WHOLE + b"\0", r"should hold 6 bytes for shape \(2, 3\), but holds 7"),
        (b"\x01" + WHOLE[1:], "not an IDX file: it begins with 01 00 08 02"),
        (b"\0\0\x07" + WHOLE[3:], "not an IDX file: it begins with 00 00 07 02"),
        (b"<!DOCTYPE html>", "not an IDX file"),
        (gzip.compress(WHOLE, mtime=0)[:-9], "damaged or incomplete gzip file"),
        (gzip.compress(WHOLE, mtime=0)[:12] + b"????" * 5, "damaged or incomplete gzip file"),
    ],
)
def test_a_damaged_file_is_an_error_with_the_reason(tmp_path, content, reason):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=reason):
        read_idx(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        read_idx(tmp_path / "nowhere")


def write_fashion(folder, part, images, labels, pack=bytes, suffix=""):
    shape = (images, 28, 28)
    content = idx(0x08, shape, bytes(i % 256 for i in range(images * 784)))
    (folder / f"{part}-images-idx3-ubyte{suffix}").write_bytes(pack(content))
    content = idx(0x08, (labels,), bytes(i % 10 for i in range(labels)))
    (folder / f"{part}-labels-idx1-ubyte{suffix}").write_bytes(pack(content))


@pytest.mark.parametrize(("pack", "suffix"), [(bytes, ""), (gzip.compress, ".gz")])
def test_fashion_mnist_is_read_from_a_folder(tmp_path, pack, suffix):
    write_fashion(tmp_path, "train", 3, 3, pack, suffix)
    write_fashion(tmp_path, "t10k", 2, 2, pack, suffix)
    images, labels = fashion_mnist(tmp_path)
    assert images.shape == (3, 28, 28)
    assert images[0, 0, :3].tolist() == [0, 1, 2]
    assert labels.tolist() == [0, 1, 2]
    assert len(fashion_mnist(tmp_path, "test")[1]) == 2
    assert len(FASHION_CLASSES) == 10


@pytest.mark.parametrize("sort", ["dense", "convolutional"])
def test_both_networks_train_on_files_of_fashion_mnist(tmp_path, sort, capsys):
    for part in ("train", "t10k"):
        write_fashion(tmp_path, part, 70, 70)
    script = Path(__file__).parents[1] / "benchmarks" / "fashion_mnist.py"
    runpy.run_path(str(script))["main"]([str(tmp_path), "2", sort])
    printed = capsys.readouterr().out
    assert "Epoch 2/2" in printed
    assert ("convolution_1 (Convolution)" in printed) == (sort == "convolutional")
    total = {"dense": 669706, "convolutional": 160 + 4640 + 49 * 32 * 10 + 10}[sort]
    assert f"Total parameters: {total}" in printed


def test_fashion_mnist_says_what_is_missing_or_does_not_fit(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"neither train-images-idx3-ubyte nor .*\.gz"):
        fashion_mnist(tmp_path)
    write_fashion(tmp_path, "train", 3, 2)
    with pytest.raises(ValueError, match="do not belong together"):
        fashion_mnist(tmp_path)
    with pytest.raises(ValueError, match="train and test, not 'valid'"):
        fashion_mnist(tmp_path, "valid")
