"""A zip of files, with the same bytes every time."""

import io
import zipfile


def packed(files: dict[str, bytes], executable: tuple[str, ...] = ()) -> bytes:
    """A zip of the contents by their paths."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path)  # its date is always the same
            entry.external_attr = (0o100755 if path in executable else 0o100644) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return data.getvalue()
