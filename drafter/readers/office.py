"""What LibreOffice gets wrong in the .docx it makes of another kind of file, put right before that is read."""

from datetime import datetime

from drafter.word.document import DocxFile


def mended(data: bytes, name: str, now: datetime) -> bytes:
    """The .docx LibreOffice has made, with each field to fill in once, which LibreOffice 7.4 writes several times over
    (see `drafter.word.copies`). It is what it makes of a text control of ours in .odt, .doc and .rtf. Raises Rejected
    for what is no .docx."""
    file = DocxFile(data, name)
    file.tree(file.main)
    if not file.undone:
        return data
    for part in file.undone:
        file.touch(part)
    return file.data(now)
