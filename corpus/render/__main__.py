"""Renders every text of the corpus to the forms that offices send.

    python3 corpus/render OUT [DOCUMENT...]     # needs: apt-get install libreoffice-writer-nogui chromium poppler-utils fonts-liberation

OUT/<form>/<document>.<ending>; forms: docx odt doc rtf md html, {office,chromium}-{portrait,landscape}-{ruled,bare} (PDF), scan.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import docx
import model
import scan
import web

CORPUS = Path(__file__).parent.parent
LAYOUTS = [(turned, lines) for turned in ("portrait", "landscape") for lines in ("ruled", "bare")]


def office(profile, files, ending, folder):
    """All files in one LibreOffice."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["soffice", f"-env:UserInstallation=file://{profile}/office", "--headless", "--convert-to", ending, "--outdir", folder]
    subprocess.run([*command, *files], check=True, stdout=subprocess.DEVNULL, timeout=600)


def chromium(profile, page, pdf):
    # Chromium's sandbox does not start for root.
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}/chromium", "--no-pdf-header-footer"]
    command = ["chromium", *options, f"--print-to-pdf={pdf}", f"file://{page}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)


def main(out, names):
    out = out.resolve()
    documents = [model.read(path) for path in sorted(CORPUS.glob("*.txt")) if not names or path.stem in names]
    forms = ["docx", "md", "html", "scan"] + [f"chromium-{turned}-{lines}" for turned, lines in LAYOUTS]
    for form in forms:
        (out / form).mkdir(parents=True, exist_ok=True)
    for document in documents:
        docx.write(document, out / "docx" / f"{document.name}.docx")
        (out / "md" / f"{document.name}.md").write_text(web.markdown(document), encoding="utf-8")
        (out / "html" / f"{document.name}.html").write_text(web.portal(document), encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        for turned, lines in LAYOUTS:
            form = f"{turned}-{lines}"
            (scratch / form).mkdir()
            for document in documents:
                shape = {"landscape": turned == "landscape", "ruled": lines == "ruled"}
                docx.write(document, scratch / form / f"{document.name}.docx", **shape)
                page = scratch / form / f"{document.name}.html"
                page.write_text(web.printed(document, **shape), encoding="utf-8")
                chromium(scratch, page, out / f"chromium-{form}" / f"{document.name}.pdf")
            office(scratch, [scratch / form / f"{document.name}.docx" for document in documents], "pdf", out / f"office-{form}")
        files = [out / "docx" / f"{document.name}.docx" for document in documents]
        for ending in ("odt", "doc", "rtf"):
            office(scratch, files, ending, out / ending)
        for document in documents:
            scan.write(out / "office-landscape-ruled" / f"{document.name}.pdf", out / "scan" / f"{document.name}.pdf", scratch)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    missing = [tool for tool in ("soffice", "chromium", "pdftoppm") if not shutil.which(tool)]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}; apt-get install libreoffice-writer-nogui chromium poppler-utils fonts-liberation")
    main(Path(sys.argv[1]), set(sys.argv[2:]))
