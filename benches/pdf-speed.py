#!/usr/bin/env python3
"""How fast `kehoach extract` reads PDFs with text, beside poppler's pdftotext on the same files in the same run.

    cargo build --release && benches/pdf-speed.py            # all: corpus/ rendered, fixtures/pdf
    KEHOACH_SAMPLES=DIR benches/pdf-speed.py                 # and the PDFs of a folder of your own
    benches/pdf-speed.py --pdfs DIR                          # only the PDFs of one folder

Measured is CPU time (user and system, of the process and its children), which other work on the machine changes
less than it changes the clock. `extract` does everything: text, tables, record, JSON. pdftotext gives the text alone,
one process a file, since it takes no more; `start-up` is what its processes take for a PDF of one empty page, and the
last column leaves that out. Every number is the best of --rounds.

Pages that are scans are no part of this: a file that `extract` refuses, or reads in part, is left out.
Needs: pdftotext and pdfinfo (apt-get install poppler-utils); LibreOffice and Chromium to render corpus/, where they
are installed. `all as one` is one PDF of all files, for which pdftotext starts once. The rendered files are kept in target/pdf-speed.
"""
import argparse, html, json, os, pathlib, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
KEHOACH = ROOT / "target/release/kehoach"
EMPTY = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
"""


def run(command):
    """CPU seconds and peak memory in MB of a command, and whether it went well."""
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, status == 0


def page(text):
    """A web page of a text: blank lines part paragraphs; lines with tabs or bars are rows of a table."""
    out, rows, words = [], [], []

    def close():
        if words:
            out.append("<p>" + html.escape(" ".join(words)))
        if rows:
            cells = ("".join(f"<td>{html.escape(cell.strip())}" for cell in row) for row in rows)
            out.append('<table border="1">' + "".join(f"<tr>{row}" for row in cells) + "</table>")
        words.clear()
        rows.clear()

    for line in text.split("\n"):
        line = line.strip("\f \r")
        cells = line.strip("|").split("|") if line.startswith("|") else line.split("\t")
        if len(cells) > 1:
            if words:
                close()
            rows.append(cells)
        elif line:
            if rows:
                close()
            words.append(line)
        else:
            close()
    close()
    style = "p{font:14pt 'Liberation Serif'}table{border-collapse:collapse;font:12pt 'Liberation Serif'}"
    return f'<!DOCTYPE html><meta charset="utf-8"><style>{style}</style>' + "\n".join(out)


def render(folder):
    """The texts of corpus/ as PDFs of LibreOffice and of Chromium, as far as these are installed."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for text in sorted((ROOT / "corpus").glob("*.txt")):
        pages.append(folder / (text.stem + ".html"))
        pages[-1].write_text(page(text.read_text()))
    profile = tempfile.mkdtemp()
    office, browser = folder / "libreoffice", folder / "chromium"
    try:
        if shutil.which("soffice") and not office.exists():
            subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to",
                            "pdf:writer_web_pdf_Export", "--outdir", office, *pages],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if shutil.which("chromium") and not browser.exists():
            browser.mkdir()
            for source in pages:
                # Chromium's sandbox does not start for root.
                subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}/c",
                                "--no-pdf-header-footer", f"--print-to-pdf={browser / source.stem}.pdf", source.as_uri()],
                               check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    finally:
        shutil.rmtree(profile, ignore_errors=True)
    return sorted(office.glob("*.pdf")) + sorted(browser.glob("*.pdf"))


def pages_of(file):
    info = subprocess.run(["pdfinfo", file], capture_output=True).stdout.decode("utf-8", "replace")
    return next((int(line.split()[1]) for line in info.splitlines() if line.startswith("Pages:")), 0)


def is_whole(file):
    """Whether all its pages have text that can be read."""
    done = subprocess.run([KEHOACH, "extract", file], capture_output=True)
    codes = {note["code"] for note in json.loads(done.stdout).get("diagnostics", [])} if done.returncode == 0 else {"error"}
    return not codes & {"error", "scanned-pages", "garbled-pages"}


def measure(name, files, rounds, start_up):
    count = sum(pages_of(file) for file in files)
    extract = min(run([KEHOACH, "extract", *files])[0] for _ in range(rounds))
    poppler = min(sum(run(["pdftotext", "-q", file, "/dev/null"])[0] for file in files) for _ in range(rounds))
    alone = max(poppler - start_up * len(files), 1e-9)
    print(f"{name:<14}{len(files):>6}{count:>7}{count / extract:>12.0f}{count / poppler:>12.0f}{extract / poppler:>9.2f}"
          f"{extract / alone:>12.2f}", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pdfs", type=pathlib.Path, metavar="DIR", help="measure the PDFs of this folder only")
    options.add_argument("--rounds", type=int, default=5, help="how often everything is measured (5)")
    options.add_argument("--copies", type=int, default=4, help="how often every file stands in the run (4)")
    chosen = options.parse_args()
    for need in (KEHOACH, shutil.which("pdftotext"), shutil.which("pdfinfo")):
        if need is None or not pathlib.Path(need).exists():
            sys.exit("needs target/release/kehoach (cargo build --release) and pdftotext, pdfinfo (apt-get install poppler-utils)")
    if chosen.pdfs:
        groups = {"PDFs": sorted(chosen.pdfs.glob("*.pdf"))}
    else:
        rendered = render(ROOT / "target/pdf-speed")
        groups = {
            "LibreOffice": [file for file in rendered if file.parent.name == "libreoffice"],
            "Chromium": [file for file in rendered if file.parent.name == "chromium"],
            "fixtures": sorted((ROOT / "fixtures/pdf").glob("*.pdf")),
        }
        if samples := os.environ.get("KEHOACH_SAMPLES"):
            groups["samples"] = sorted(pathlib.Path(samples).glob("*.pdf"))
    groups = {name: [file for file in files if is_whole(file)] for name, files in groups.items()}
    with tempfile.NamedTemporaryFile(suffix=".pdf") as empty:
        empty.write(EMPTY)
        empty.flush()
        start_up = min(sum(run(["pdftotext", "-q", empty.name, "/dev/null"])[0] for _ in range(20)) / 20 for _ in range(3))
    print(f"pages a CPU second; ratio: CPU time of extract / of pdftotext, whose start-up is {1000 * start_up:.1f} ms a file")
    print(f"{'':<14}{'files':>6}{'pages':>7}{'extract':>12}{'pdftotext':>12}{'ratio':>9}{'no start-up':>12}")
    everything = [file for files in groups.values() for file in files]
    if not everything:
        sys.exit("no PDF with text to measure")
    for name, files in groups.items():
        if files:
            measure(name, files * chosen.copies, chosen.rounds, start_up)
    measure("all", everything * chosen.copies, chosen.rounds, start_up)
    with tempfile.TemporaryDirectory() as folder:
        # In one large file there is one start-up.
        large = pathlib.Path(folder) / "large.pdf"
        if shutil.which("pdfunite") and subprocess.run(["pdfunite", *everything, large], stderr=subprocess.DEVNULL).returncode == 0:
            measure("all as one", [large], chosen.rounds, start_up)
    print("\npeak memory of one run of extract, MB (its best of 3)")
    for times in (1, 2, 4, 8):
        many = everything * chosen.copies * times
        print(f"{len(many):>8} files{min(run([KEHOACH, 'extract', *many])[1] for _ in range(3)):>8.0f}")


if __name__ == "__main__":
    main()
