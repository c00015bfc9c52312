"""Made of record.schema.json by tools/make_stubs.py; not to be changed by hand."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

class Item:
    """A value of a record: its fields are attributes."""

    _data: Mapping[str, Any]
    _fields: ClassVar[tuple[str, ...]]
    __hash__: ClassVar[None]  # type: ignore[assignment]

    def __init__(self, data: Mapping[str, Any]) -> None: ...
    def to_dict(self) -> dict[str, Any]:
        """The same as plain dictionaries and lists, with the names that JSON has; a copy."""

    def __eq__(self, other: object) -> bool: ...

class ActualValue(Item):
    """A number."""

    @property
    def comparator(self) -> Literal["eq", "gt", "ge", "lt", "le", "approx"]:
        """How it compares."""

    @property
    def unit(self) -> str | None:
        """Its unit, as written."""

    @property
    def value(self) -> float:
        """The number."""

class ActualText(Item):
    """Words: `đang thống kê`."""

    @property
    def text(self) -> str:
        """The words."""

class Agency(Item):
    """An agency and what it has to do."""

    @property
    def name(self) -> str:
        """Its name, as written."""

    @property
    def role(self) -> Literal["monitor", "lead", "coordinate"]:
        """What it has to do."""

class AnnexMention(Item):
    """An annex that the text speaks of."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where."""

    @property
    def label(self) -> str | None:
        """`I`, `02`, `A`; null where it has none."""

    @property
    def named(self) -> bool:
        """Whether it is called an annex: `Phụ lục kèm theo`; else only what it holds is told: `Danh mục nhiệm vụ kèm theo`."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that the words stand under."""

class Blocks(Item):
    """How many blocks and tables have each `Verdict`."""

    @property
    def background(self) -> int:
        ...

    @property
    def furniture(self) -> int:
        ...

    @property
    def heading(self) -> int:
        ...

    @property
    def read(self) -> int:
        ...

    @property
    def unread(self) -> int:
        ...

class Change(Item):
    """A change, and against what."""

    @property
    def base(self) -> str | None:
        """`so với cùng kỳ`; null where the text does not say."""

    @property
    def kind(self) -> Literal["increase", "decrease", "multiple"]:
        """Which way."""

class Corrected(Item):
    """An item of the record that a person accepted, put right, put in or took out."""

    @property
    def action(self) -> Literal["accept", "correct", "remove", "add", "as_read"]:
        """What was done."""

    @property
    def correction(self) -> str:
        """The correction."""

    @property
    def fields(self) -> list[str]:
        """The fields that are other than what was read."""

    @property
    def in_conflict(self) -> bool | None:
        """Whether somebody else corrected it otherwise, and neither saw the other's."""

    @property
    def item(self) -> str:
        """Identifier of the item within the record; of one that was taken out, what it was."""

    @property
    def kind(self) -> Literal["target", "task", "deadline", "fact", "number"]:
        """What the item is."""

    @property
    def made(self) -> str:
        """When: `2025-03-01T08:00:00Z`."""

    @property
    def origin(self) -> Literal["person"]:
        """Whose it is."""

    @property
    def who(self) -> str:
        """Who did it."""

class Count(Item):
    """How many targets or tasks there are, as stated."""

    @property
    def counted(self) -> Literal["all", "reached", "open"]:
        """All of them, or those reached."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where."""

    @property
    def noun(self) -> str:
        """What is counted: `chỉ tiêu`, `nhiệm vụ`."""

    @property
    def of(self) -> float | None:
        """Of how many: 8 of `6/8 chỉ tiêu`."""

    @property
    def of_other(self) -> bool:
        """Whether the number is of another document's, as words before it say."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def value(self) -> float:
        """The number."""

class Deadline(Item):
    """A date or period by which something must be done or reported."""

    @property
    def about(self) -> str:
        """What must be done by then."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where it was read."""

    @property
    def exclusive(self) -> bool:
        """Whether the last day itself is already too late (`trước ngày`)."""

    @property
    def from_(self) -> str | None:
        """First day."""

    @property
    def id(self) -> str:
        """Identifier within the record: `d2`."""

    @property
    def paper(self) -> int:
        """Index of the paper that it stands in."""

    @property
    def recurrence(self) -> Recurrence | None:
        """How it recurs."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def to(self) -> str | None:
        """Last day, as stated."""

class Diagnostic(Item):
    """What could not be read, or was read with doubt."""

    @property
    def code(self) -> str:
        """A stable name: `no-type-line`."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where."""

    @property
    def message(self) -> str:
        """What happened, in English."""

class Document(Item):
    """A document's head, title and signature."""

    @property
    def commune(self) -> str | None:
        """The commune's name."""

    @property
    def date(self) -> str | None:
        """Date of issue as far as it is given: `2024-03-01`, `2024-03`, `2024`."""

    @property
    def district(self) -> str | None:
        """The district's name."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where the head was read."""

    @property
    def issuer(self) -> str | None:
        """The issuing body, as written."""

    @property
    def level(self) -> Literal["central", "province", "district", "commune", "department", "other"]:
        """Its level of government."""

    @property
    def number(self) -> str | None:
        """`48/KH-UBND`; null where the document leaves it blank."""

    @property
    def period(self) -> Period | None:
        """The time that it covers."""

    @property
    def province(self) -> str | None:
        """The province's name, without the word tỉnh."""

    @property
    def signer(self) -> Signer | None:
        """Who signed."""

    @property
    def symbol(self) -> str | None:
        """The letters of the number, even where the number itself is blank: `KH-UBND`."""

    @property
    def title(self) -> str | None:
        """Title, without the type word."""

    @property
    def type(self) -> Literal["plan", "report", "decision", "other"]:
        """The kind of document."""

class Evidence(Item):
    """Where in the source text something was read."""

    @property
    def end(self) -> int:
        """Offset after the last character, in Unicode code points."""

    @property
    def page(self) -> int | None:
        """Page, from 1; null where the file has no pages."""

    @property
    def start(self) -> int:
        """Offset of the first character in the source text, in Unicode code points."""

    @property
    def text(self) -> str:
        """The source text between the two, to the letter."""

class Fact(Item):
    """A result that a report states."""

    @property
    def change(self) -> Change | None:
        """Whether the value is a change and not a level."""

    @property
    def comparator(self) -> Literal["eq", "gt", "ge", "lt", "le", "approx"]:
        """How it compares."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where it was read."""

    @property
    def id(self) -> str:
        """Identifier within the record: `f5`."""

    @property
    def paper(self) -> int:
        """Index of the paper that it stands in."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def subject(self) -> str:
        """What the number is of."""

    @property
    def unit(self) -> str | None:
        """Its unit or counting noun."""

    @property
    def value(self) -> float:
        """The number."""

class Growth(Item):
    """A number with its growth, as a difference and as a percentage."""

    @property
    def difference(self) -> float:
        """By how much it grew or fell."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where."""

    @property
    def now(self) -> float:
        """The number."""

    @property
    def rise(self) -> bool:
        """Whether it grew."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def stated(self) -> float:
        """The percentage as stated."""

class Harvest(Item):
    """An area, what a hectare of it yields, and the output."""

    @property
    def area(self) -> float:
        """Hectares."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where: the three numbers."""

    @property
    def output(self) -> float:
        """Tonnes."""

    @property
    def rate(self) -> float:
        """Quintals (tạ) a hectare."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

class Ledger(Item):
    """What became of the numbers, blocks and tables, as counts."""

    @property
    def blocks(self) -> Blocks:
        """How many blocks and tables have each verdict."""

    @property
    def numbers(self) -> Numbers:
        """How many numbers of the text are in each class; they add up to the numbers of the text."""

    @property
    def reasons(self) -> dict[str, int]:
        """Why numbers are described or unread, and how many for each reason."""

class LinePart(Item):
    """A line below a total."""

    @property
    def label(self) -> str:
        """What is counted: `Trung tâm y tế`."""

    @property
    def values(self) -> list[float]:
        """The values that it gives: two where it gives two, `235 học sinh (tỉnh giao) / 258 học sinh (huyện giao)`."""

class LineTotal(Item):
    """A total in a line of its own, and the lines below it in the same unit."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where: the total's line, then the parts'."""

    @property
    def label(self) -> str:
        """What is counted: `Tổng số giường bệnh`."""

    @property
    def parts(self) -> list[LinePart]:
        """The lines below."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def total(self) -> float:
        """The total as stated."""

    @property
    def unit(self) -> str:
        """The unit of all."""

class Mean(Item):
    """A mean that is given with what it is of."""

    @property
    def complete(self) -> bool:
        """Whether the parts are all there are: every level, both of a pair, the highest and the lowest."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where."""

    @property
    def kinds(self) -> bool:
        """Whether the parts are kinds of one thing and no single units: `rừng sản xuất …, rừng phòng hộ …`."""

    @property
    def parts(self) -> list[float]:
        """The values of its parts, as stated."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def unit(self) -> str | None:
        """Their unit."""

    @property
    def value(self) -> float:
        """The mean as stated."""

class Mentions(Item):
    """What single places say: each quotation of a document with its own date and title, where `Record.references` has one entry a document; annexes spoken of; stated numbers of targets and tasks; means with their parts; impossible days."""

    @property
    def annexes(self) -> list[AnnexMention]:
        """The annexes of this document that its words speak of."""

    @property
    def captions(self) -> list[Words]:
        """`(Kèm theo Kế hoạch số …)`: how annexes name the document."""

    @property
    def cell_rates(self) -> list[Ratio]:
        """Rates in tables with the two cells that they are of: `Kế hoạch | Thực hiện | % so với kế hoạch`."""

    @property
    def column_totals(self) -> list[Sum]:
        """Columns of tables with their total row."""

    @property
    def counts(self) -> list[Count]:
        """How many targets, tasks … there are, as stated."""

    @property
    def growths(self) -> list[Growth]:
        """Numbers that are given with their growth in both ways: `tăng 18,5% (tăng 3,9 tỷ đồng)`."""

    @property
    def harvests(self) -> list[Harvest]:
        """Areas with their yield and their output."""

    @property
    def impossible_days(self) -> list[Words]:
        """Days that no calendar has: `31/02/2025`."""

    @property
    def line_totals(self) -> list[LineTotal]:
        """Totals with the lines below them that count in the same unit."""

    @property
    def lists(self) -> list[StatedList]:
        """Stated numbers with the list that follows: `ban hành 03 văn bản, gồm: …; …; …`."""

    @property
    def loose_notes(self) -> list[Words]:
        """Footnotes whose mark stands nowhere in the text."""

    @property
    def means(self) -> list[Mean]:
        """Means that are given with what they are of."""

    @property
    def numbering(self) -> list[Step]:
        """Numbers of headings and items that do not go on from the one before."""

    @property
    def references(self) -> list[Quote]:
        """Every place where another document is quoted, in reading order."""

    @property
    def shares(self) -> list[WordedShare]:
        """Percentages whose counts stand in words: `4.120 người, trong đó 3.955 người hài lòng, đạt 96%`."""

    @property
    def verdicts(self) -> list[Verdict]:
        """What rows of tables say of their own result: `Đạt`, `Chưa đạt`."""

class Numbers(Item):
    """How many numbers are in each `Class`."""

    @property
    def date(self) -> int:
        ...

    @property
    def deadline(self) -> int:
        ...

    @property
    def described(self) -> int:
        ...

    @property
    def fact(self) -> int:
        ...

    @property
    def marker(self) -> int:
        ...

    @property
    def name(self) -> int:
        ...

    @property
    def ratio(self) -> int:
        ...

    @property
    def reference(self) -> int:
        ...

    @property
    def sum(self) -> int:
        ...

    @property
    def target(self) -> int:
        ...

    @property
    def unread(self) -> int:
        ...

class Paper(Item):
    """A paper of a file. Every item of the record says which one it stands in."""

    @property
    def by(self) -> int | None:
        """Index of the paper that encloses it, or that it is an annex of."""

    @property
    def document(self) -> Document | None:
        """Its own head, title and signature; of an annex the title alone; null for what belongs to no paper."""

    @property
    def end(self) -> int:
        """Offset after its last character."""

    @property
    def label(self) -> str | None:
        """An annex's label: `I` of `Phụ lục I`."""

    @property
    def role(self) -> Literal["main", "enclosed", "annex", "beside"]:
        """What it is in its file."""

    @property
    def start(self) -> int:
        """Offset of its first character in the source text, in Unicode code points."""

class Period(Item):
    """A stretch of time; a side that the text leaves open is null."""

    @property
    def from_(self) -> str | None:
        """First day."""

    @property
    def to(self) -> str | None:
        """Last day."""

class Quote(Item):
    """A document as one place quotes it."""

    @property
    def date(self) -> str | None:
        """Date, where this place gives one."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where."""

    @property
    def issuer(self) -> str | None:
        """Who issued it, where this place says."""

    @property
    def number(self) -> str | None:
        """Number and symbol."""

    @property
    def reference(self) -> int:
        """Index into `Record.references`."""

    @property
    def role(self) -> Literal["basis", "mention"]:
        """Whether it stands in the preamble."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def title(self) -> str | None:
        """What it is about, where this place says."""

    @property
    def type(self) -> str | None:
        """Type as its name is known, as this place says it."""

    @property
    def under(self) -> list[int]:
        """The documents that the place says it was issued under, as indexes into `Mentions.references`: `Căn cứ Kế hoạch số 89/KH-UBND …, Sở đã ban hành Kế hoạch số 75/KH-SYT`."""

class Range(Item):
    """A range's both ends."""

    @property
    def from_(self) -> float:
        """Lower end."""

    @property
    def to(self) -> float:
        """Upper end."""

class Ratio(Item):
    """Counts with the percentage that is stated of them."""

    @property
    def denominator(self) -> float:
        """The count of all."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where it was read."""

    @property
    def holds(self) -> bool:
        """Whether the counts make the percentage, to the digits stated."""

    @property
    def id(self) -> str:
        """Identifier within the record: `q1`."""

    @property
    def numerator(self) -> float:
        """The count of what has it."""

    @property
    def paper(self) -> int:
        """Index of the paper that it stands in."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def stated(self) -> float:
        """The percentage as stated."""

class Recurrence(Item):
    """A recurrence."""

    @property
    def every(self) -> Literal["day", "week", "month", "quarter", "half_year", "year"]:
        """The unit of time."""

    @property
    def interval(self) -> int | None:
        """Every so many of them; left out where it is 1."""

    @property
    def rule(self) -> str | None:
        """The rule within it: `before day 25 of the quarter's last month`."""

class Reference(Item):
    """A document that is quoted; one entry a distinct type, number and date."""

    @property
    def date(self) -> str | None:
        """Date."""

    @property
    def evidence(self) -> list[Evidence]:
        """Every place where it is quoted."""

    @property
    def id(self) -> str:
        """Identifier within the record: `r4`."""

    @property
    def issuer(self) -> str | None:
        """Who issued it."""

    @property
    def number(self) -> str | None:
        """Number and symbol: `27/QĐ-UBND`; null of a law known by name."""

    @property
    def paper(self) -> int:
        """Index of the paper that it stands in."""

    @property
    def role(self) -> Literal["basis", "mention"]:
        """Why it is quoted."""

    @property
    def title(self) -> str | None:
        """What it is about."""

    @property
    def type(self) -> str | None:
        """Type of document, as its name is known: `Quyết định`."""

class RowOf(Item):
    """A row of a table."""

    @property
    def row(self) -> int:
        """Index into `Table.rows`."""

    @property
    def table(self) -> int:
        """Index into `Record.tables`."""

class Section(Item):
    """A heading and its place in the tree."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where the heading stands."""

    @property
    def id(self) -> str:
        """Identifier within the record: `s12`."""

    @property
    def level(self) -> int:
        """Depth: 1 at the top."""

    @property
    def paper(self) -> int:
        """Index of the paper that it stands in."""

    @property
    def path(self) -> str:
        """The markers from the top, joined with dots: `II.5.đ`, `PL.I`."""

    @property
    def title(self) -> str:
        """Title, as written."""

class Signer(Item):
    """Who signed."""

    @property
    def name(self) -> str | None:
        """Name."""

    @property
    def title(self) -> str | None:
        """Office, as it stands nearest above the name."""

class Source(Item):
    """The file that a record was read from."""

    @property
    def bytes(self) -> int:
        """Its size in bytes."""

    @property
    def encoding(self) -> str:
        """The encoding of its text: `utf-8`, `tcvn3`; `pdf` and `docx` where the format gives characters; `ocr` where all of it was read from pictures by OCR, `pdf+ocr` where some pages were."""

    @property
    def format(self) -> Literal["text", "docx", "doc", "rtf", "odt", "xlsx", "xls", "ods", "html", "pdf", "png", "jpeg", "tiff"]:
        """Its format."""

    @property
    def pages(self) -> int | None:
        """How many pages it has; null where the file does not tell."""

    @property
    def path(self) -> str:
        """Path as it was given."""

    @property
    def sha256(self) -> str:
        """SHA-256 of its bytes, in hexadecimal digits."""

class StatedList(Item):
    """A stated number with the list that follows it in the sentence."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where."""

    @property
    def items(self) -> int | None:
        """How many items follow, set apart by semicolons; null where they are set apart otherwise."""

    @property
    def noun(self) -> str:
        """What is counted."""

    @property
    def numbered(self) -> int | None:
        """How many numbered items follow, `(1) …; (2) …`; null where they bear no numbers."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def value(self) -> float:
        """The number as stated."""

class Step(Item):
    """Two markers of one sequence, the second of which is not next after the first: `2.` and `4.`, `V.` and `V.`."""

    @property
    def after(self) -> str:
        """The label of the first: `đ`."""

    @property
    def evidence(self) -> list[Evidence]:
        """The words of both."""

    @property
    def found(self) -> str:
        """The label of the second: `k`."""

    @property
    def met(self) -> bool:
        """Whether what is left out stands between the two, where no marker was read from it: `- 3. Sở Y tế`."""

    @property
    def run(self) -> int:
        """How many markers of the sequence went on one after the other before."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading over the second."""

class Sum(Item):
    """A total with its parts."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where it was read."""

    @property
    def holds(self) -> bool:
        """Whether the parts make the total."""

    @property
    def id(self) -> str:
        """Identifier within the record: `u1`."""

    @property
    def paper(self) -> int:
        """Index of the paper that it stands in."""

    @property
    def parts(self) -> list[float]:
        """The parts as stated."""

    @property
    def row(self) -> RowOf | None:
        """The total's row, where it stands in a table."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def total(self) -> float:
        """The total as stated."""

    @property
    def unit(self) -> str | None:
        """What is counted."""

class Table(Item):
    """A table, rebuilt."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where it stands."""

    @property
    def header(self) -> list[str]:
        """The labels of its columns."""

    @property
    def id(self) -> str:
        """Identifier within the record: `b1`."""

    @property
    def paper(self) -> int:
        """Index of the paper that it stands in."""

    @property
    def rows(self) -> list[list[str]]:
        """Its rows, group rows included; an empty cell is an empty string."""

    @property
    def section(self) -> str | None:
        """Path of the section that it stands in."""

class Target(Item):
    """A quantity that the document wants reached."""

    @property
    def actual(self) -> ActualValue | ActualText | None:
        """The reported result."""

    @property
    def agencies(self) -> list[Agency]:
        """Who monitors, leads, coordinates."""

    @property
    def change(self) -> Change | None:
        """Whether the value is a change and not a level."""

    @property
    def comparator(self) -> Literal["eq", "gt", "ge", "lt", "le", "approx"]:
        """How the value compares."""

    @property
    def conditions(self) -> list[str]:
        """Exceptions and conditions, as written."""

    @property
    def direction(self) -> Literal["up", "down"] | None:
        """Which way is good; null where it is not known."""

    @property
    def due(self) -> str | None:
        """The last day of the target's own time; null where the document's period holds."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where it was read."""

    @property
    def id(self) -> str:
        """Identifier within the record: `t3`."""

    @property
    def indicator(self) -> str:
        """What is measured, without comparator, value and exceptions."""

    @property
    def indicator_id(self) -> str | None:
        """The registry's identifier of the indicator; null until it is linked."""

    @property
    def origin(self) -> Literal["body", "annex"]:
        """Body or annex."""

    @property
    def paper(self) -> int:
        """Index of the paper that it stands in."""

    @property
    def range(self) -> Range | None:
        """Both ends of a range."""

    @property
    def row(self) -> RowOf | None:
        """The row of a table that it was read from."""

    @property
    def scope(self) -> str | None:
        """The level, group or place that this value is for, where one sentence holds several."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def unit(self) -> str | None:
        """Unit as written; null where there is none."""

    @property
    def value(self) -> float:
        """The value; of a range the lower end."""

    @property
    def value_to(self) -> float | None:
        """A range's upper end."""

class Task(Item):
    """Work that the document sets."""

    @property
    def coordinate(self) -> list[str]:
        """Who helps, where the text says phối hợp."""

    @property
    def deadline(self) -> int | None:
        """Index into `Record.deadlines`."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where it was read."""

    @property
    def id(self) -> str:
        """Identifier within the record: `n7`."""

    @property
    def origin(self) -> Literal["body", "annex"]:
        """Body or annex."""

    @property
    def owner(self) -> list[str]:
        """Who does it: the heading's agency, unless the sentence names another."""

    @property
    def paper(self) -> int:
        """Index of the paper that it stands in."""

    @property
    def product(self) -> str | None:
        """What is to be produced; null where the text does not say."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def text(self) -> str:
        """The work, as written."""

class Unread(Item):
    """Something that nothing understood."""

    @property
    def around(self) -> str:
        """The words around it, to find it by; empty for a part that has no place in the text."""

    @property
    def column(self) -> str | None:
        """The label of the table's column; null outside of tables."""

    @property
    def evidence(self) -> list[Evidence]:
        """The number, block or table itself."""

    @property
    def kind(self) -> Literal["number", "date", "block", "table", "part"]:
        """What it is."""

    @property
    def row(self) -> str | None:
        """What the table's row is about; null outside of tables."""

    @property
    def section(self) -> str | None:
        """Path of the section that it stands in."""

    @property
    def why(self) -> Literal["past-state", "threshold", "condition", "price-base", "scoring", "coordinates", "contact", "portion", "wording", "base", "quoted", "duration", "enumerated", "label", "past-column", "page-furniture", "letterhead", "foot", "no-reading", "no-indicator", "no-unit", "unknown-column", "unclear-cell", "no-item", "unknown-table", "broken-table", "outside", "not-opened", "no-such-day"]:
        """Why it is unread."""

class Verdict(Item):
    """What a row of a table says of its own result."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where."""

    @property
    def reached(self) -> bool:
        """Whether it says that the target was reached."""

    @property
    def row(self) -> RowOf:
        """Which row."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

class WordedShare(Item):
    """A percentage and the two counts in words before it."""

    @property
    def denominators(self) -> list[float]:
        """The counts that may be of all, nearest first."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where."""

    @property
    def numerator(self) -> float:
        """The count of what has it."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that it stands under."""

    @property
    def stated(self) -> float:
        """The percentage as stated."""

    @property
    def words(self) -> str:
        """The sentence up to the percentage."""

class Words(Item):
    """Words and where they stand."""

    @property
    def evidence(self) -> list[Evidence]:
        """Where."""

    @property
    def section(self) -> str | None:
        """Path of the innermost heading that they stand under."""

    @property
    def text(self) -> str:
        """The words."""

class Record(Item):
    """What is read from one document."""

    @property
    def corrections(self) -> list[Corrected]:
        """What of it is a person's: items accepted, put right, put in or taken out. None in what was only read."""

    @property
    def deadlines(self) -> list[Deadline]:
        """The dates and periods by which something must be done or reported."""

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What could not be read, or was read with doubt."""

    @property
    def document(self) -> Document:
        """The document's head, title and signature."""

    @property
    def facts(self) -> list[Fact]:
        """Results that a report states outside its target table."""

    @property
    def ledger(self) -> Ledger:
        """What became of every number, block and table."""

    @property
    def mentions(self) -> Mentions | None:
        """What single places say, kept place by place so that places can be compared."""

    @property
    def papers(self) -> list[Paper]:
        """The papers of the file, in order; `document` above is that of the first main one."""

    @property
    def ratios(self) -> list[Ratio]:
        """Counts that are given with their percentage."""

    @property
    def references(self) -> list[Reference]:
        """The documents that it quotes, each once."""

    @property
    def schema(self) -> str:
        """`SCHEMA`."""

    @property
    def sections(self) -> list[Section]:
        """Its section tree, in reading order."""

    @property
    def source(self) -> Source:
        """The file it was read from."""

    @property
    def sums(self) -> list[Sum]:
        """Totals that are given with their parts."""

    @property
    def tables(self) -> list[Table]:
        """Its tables, rebuilt."""

    @property
    def targets(self) -> list[Target]:
        """The quantities that it wants reached."""

    @property
    def tasks(self) -> list[Task]:
        """The work that it sets."""

    @property
    def unread(self) -> list[Unread]:
        """What nothing understood, in reading order."""

    _json: bytes

    def __init__(self, json: bytes) -> None: ...
    @classmethod
    def from_json(cls, text: str | bytes) -> Record:
        """A record out of what `to_json`, or `kehoach extract`, gave."""

    def to_json(self) -> str:
        """The record in one line of JSON, to the byte what `kehoach extract` prints."""

    def to_dict(self) -> dict[str, Any]: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...  # type: ignore[override]
    def _repr_html_(self) -> str: ...
