"""Of no archive is anything written or too much read, and the row says what is wrong with it."""

import io
import stat
import tarfile
import zipfile

import pytest
from handed_in import submission

from checker.classroom import layouts
from checker.course import assignment
from checker.grading import archive as class_archive
from checker.grading.files import File, IntakeError
from checker.sandbox import archive

BACKPROP = assignment.find("backprop")
WORK = b"def dense(x, weight, bias):\n    return x @ weight + bias\n"


def packed(*members, **options):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, **options) as made:
        for name, content in members:
            made.writestr(name, content)
    return data.getvalue()


def chosen(data, name="work.zip"):
    file = File(name, len(data), lambda most: data[:most])
    try:
        return submission(BACKPROP, (file,)).filename
    except IntakeError as error:
        return str(error)


def tarred(*members, mode="w:gz"):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as made:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            if name.endswith(".link"):
                info.name, info.type, info.linkname, info.size = "mine.py", content, "/etc", 0
            made.addfile(info, io.BytesIO(content))
    return data.getvalue()


def link(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_an_archive_that_is_submitted_is_looked_into():
    rubbish = ("__MACOSX/work/._mine.py", b"\0")
    assert chosen(packed(("work/mine.py", WORK), rubbish)) == "mine.py"
    assert chosen(tarred(("work/mine.py", WORK)), "work.tar.gz") == "mine.py"
    assert chosen(tarred(("work/mine.py", WORK), mode="w"), "work.tar") == "mine.py"


@pytest.mark.parametrize("name", ["../../mine.py", "/etc/mine.py", "C:\\mine.py", "..\\mine.py"])
def test_a_path_that_leads_out_is_a_reason(name):
    path = zipfile.ZipInfo(name)
    path.create_system = 0 if "\\" in name else 3  # Windows or Unix
    assert "points to a place outside its archive" in chosen(packed((path, WORK)))
    if ":" not in name:
        tar = tarred((name.replace("\\", "/"), WORK))
        assert "points to a place outside its archive" in chosen(tar, "a.tgz")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([(link("mine.py"), b"/etc/passwd")], "is a link or a device"),
        ([("mine.py", b" " * 2**21 + WORK)], "unpacks to more than 200 times its size"),
        ([(f"{i}.py", b"") for i in range(2001)], "holds more than 2000 files"),
        ([("Model.py", WORK), ("model.py", WORK)], "differ only in upper and lower case"),
        ([("inner.zip", packed(("mine.py", WORK)))], "is an archive inside an archive"),
        ([("notes.pdf", b"")], "no .py file or .ipynb notebook was submitted, only notes.pdf."),
        ([], "nothing was submitted"),
    ],
)
def test_what_is_odd_in_an_archive_is_a_reason(members, words):
    assert words in chosen(packed(*members))


def test_the_same_name_twice_is_a_reason():
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(("mine.py", WORK), ("mine.py", b"other"))
    assert chosen(data) == "mine.py is in its archive twice."


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE])
def test_links_and_devices_in_a_tar_are_a_reason(kind):
    assert "is a link or a device" in chosen(tarred(("it.link", kind)), "a.tar.gz")


def test_a_tar_that_unpacks_to_too_much_is_a_reason():
    bomb = tarred(("mine.py", b"\0" * (archive.LARGEST + 1)))
    assert len(bomb) < 2**20
    assert "unpacks to more than 64 MiB" in chosen(bomb, "a.tar.gz")


def test_damage_is_a_reason_wherever_it_is():
    whole = packed(("work/mine.py", WORK * 50), ("other.py", b"x"))
    tar = tarred(("mine.py", WORK * 50))
    for data, name in ((whole, "a.zip"), (tar, "a.tar.gz")):
        for at in range(0, len(data), 3):
            spoilt = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
            assert isinstance(chosen(spoilt, name), str)
            assert isinstance(chosen(data[:at], name), str)


def test_a_size_that_lies_is_found_out():
    data = bytearray(packed(("mine.py", b"#" * 1000 + WORK * 60000)))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (100).to_bytes(4, "little")
    assert "mine.py" in chosen(bytes(data))


def test_a_password_is_a_reason():
    data = bytearray(packed(("mine.py", WORK)))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "protected by a password" in chosen(bytes(data))


def test_a_zip_of_zips_is_a_class_of_archives(tmp_path):
    students = [(f"{name}.zip", packed(("mine.py", WORK))) for name in ("anna", "ben")]
    (tmp_path / "class.zip").write_bytes(packed(*students, ("carl.zip", b"PK damaged")))
    _, submissions = layouts.read(tmp_path / "class.zip", BACKPROP)
    assert [each.name for each in submissions] == ["anna", "ben", "carl"]
    found = submission(BACKPROP, submissions[0].files)
    assert (found.filename, found.data) == ("mine.py", WORK)
    with pytest.raises(IntakeError, match=r"carl\.zip is a damaged archive"):
        submission(BACKPROP, submissions[2].files)


def test_a_class_that_is_no_zip_is_said(tmp_path):
    (tmp_path / "class.zip").write_bytes(b"PK nothing")
    with pytest.raises(IntakeError, match="cannot be opened as a zip archive"):
        layouts.read(tmp_path / "class.zip", BACKPROP)


def test_a_name_is_no_longer_than_on_a_disk(tmp_path):
    (tmp_path / "class.zip").write_bytes(packed(("-a" * 10_000 + "/mine.py", WORK)))
    folder = class_archive.of_class(tmp_path / "class.zip")
    assert [(name, *inside.files) for name, inside in folder.folders.items()] == [
        (("-a" * 128)[:255], "mine.py")
    ]


def test_a_backslash_in_a_name_from_unix_is_no_folder_of_another_student(tmp_path):
    theirs, windows = zipfile.ZipInfo("ada\\mine.py"), zipfile.ZipInfo("bo\\mine.py")
    theirs.create_system, windows.create_system = 3, 0
    members = [("ada/mine.py", WORK), (theirs, WORK + b"#"), (windows, WORK)]
    (tmp_path / "class.zip").write_bytes(packed(*members))
    _, found = layouts.read(tmp_path / "class.zip", BACKPROP)
    assert [(each.name, len(each.files)) for each in found] == [
        ("ada", 1),
        ("ada\\mine", 1),
        ("bo", 1),
    ]


def test_names_in_utf_8_that_do_not_say_so_are_read(tmp_path):
    data = bytearray(packed(("müller/mine.py", WORK)))
    for start in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[start + 1] &= ~0x08
    (tmp_path / "class.zip").write_bytes(bytes(data))
    _, (submission_,) = layouts.read(tmp_path / "class.zip", BACKPROP)
    assert submission_.name == "müller"
