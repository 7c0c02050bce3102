"""commands.office"""


import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from drafter.diagnostic import Diagnostic, Rejected


def libreoffice() -> str:
    """LibreOffice's program, "" where there is none."""
    from shutil import which

    for name in ("soffice", "libreoffice"):
        found = which(name)
        if found:
            return found
    usual = (
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    )
    return next((path for path in usual if os.path.exists(path)), "")


def _need_libreoffice() -> str:
    program = libreoffice()
    if not program:
        raise Rejected(
            Diagnostic(
                "这台电脑上没有 LibreOffice，转不成 PDF。",
                None,
                "装上 LibreOffice 再试；或者先写 .docx，在 Word 或 WPS 里“另存为 PDF”。",
            ),
            exit_code=1,
        )
    return program


def _stand_ins(fallbacks: Mapping[str, Sequence[str]]) -> str:
    """Fontconfig's rules for the fonts this machine does not have; LibreOffice by itself sets them all in one sans."""
    from xml.sax.saxutils import escape

    rules = []
    for font, others in fallbacks.items():
        names = "".join(f"<family>{escape(name)}</family>" for name in (font, *others))
        rules.append(f'<alias binding="same"><family>{escape(font)}</family><prefer>{names}</prefer></alias>')
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>' + "".join(rules) + "</fontconfig>\n"
    )


def _to_pdf(docx: bytes, fallbacks: Mapping[str, Sequence[str]]) -> bytes:
    program = _need_libreoffice()
    import subprocess
    import tempfile

    with tempfile.TemporaryDirectory(prefix="drafter-") as folder:
        source = Path(folder) / "speech.docx"
        source.write_bytes(docx)
        profile = (Path(folder) / "profile").as_uri()
        environment = dict(os.environ)
        if os.path.exists("/etc/fonts/fonts.conf"):
            (Path(folder) / "fonts.conf").write_text(_stand_ins(fallbacks), encoding="utf-8")
            environment["FONTCONFIG_FILE"] = str(Path(folder) / "fonts.conf")
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=120, check=False, env=environment)
        except subprocess.TimeoutExpired:
            raise Rejected("LibreOffice 两分钟还没转完 PDF，已经停下。请先写 .docx，再在 Word 或 WPS 里另存为 PDF。", exit_code=1) from None
        pdf = source.with_suffix(".pdf")
        if not pdf.is_file():
            why = done.stderr.decode(errors="replace").strip().splitlines()
            raise Rejected(Diagnostic("LibreOffice 没有转成 PDF。", None, why[-1] if why else ""), exit_code=1)
        return pdf.read_bytes()


def _pdf_pages(pdf: bytes) -> int | None:
    import re

    found = re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b", pdf)
    counts = [int(a or b) for a, b in found]
    return max(counts) if counts else None
