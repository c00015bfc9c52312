"""Files → records, in worker processes of the program."""

from __future__ import annotations

import os
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Deque, Dict, Iterable, Iterator, List, Optional, Tuple, Union

from ._errors import ReadError
from ._kehoach import LARGEST, Reader
from ._kehoach import find as _find
from ._program import program
from .record import Record

PathLike = Union[str, "os.PathLike[str]"]
Content = Union[bytes, bytearray, memoryview]

#: What one file may cost: seconds, and MiB of memory.
TIME_LIMIT = 60.0
MEMORY_LIMIT = 4096

_Key = Tuple[int, bool, Optional[str], float, int]
_readers: Dict[_Key, Reader] = {}
_lock = threading.Lock()
# A process that is forked while another thread makes a reader would wait for that thread for ever.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=lambda: globals().update(_lock=threading.Lock()))


def reader(isolation: bool, rules: Optional[PathLike], time_limit: float, memory_limit: int) -> Reader:
    """The reader with these limits: one a process, so that its worker processes read one file after the other."""
    key = (os.getpid(), isolation, None if rules is None else os.fspath(rules), float(time_limit), int(memory_limit))
    with _lock:
        found = _readers.get(key)
        if found is None:
            found = _readers[key] = Reader(program() if isolation else None, rules, time_limit, memory_limit)
        return found


def read(
    source: Union[PathLike, Content],
    *,
    name: Optional[str] = None,
    rules: Optional[PathLike] = None,
    isolation: bool = True,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
) -> Record:
    """The record of a document.

    >>> record = kehoach.read(corpus / "2023-tinh-giam-ngheo.txt")
    >>> record.document.number, len(record.targets)
    ('21/KH-UBND', 24)
    >>> kehoach.read("KẾ HOẠCH\\nGiảm nghèo\\nI. MỤC TIÊU\\n- Tỷ lệ hộ nghèo còn dưới 3%.".encode(), name="a.txt").targets[0].value
    3

    Args:
        source: A path, or the content of a file of any format.
        name: What the document is called in its record instead of its path.
        rules: A folder whose `lexicons/*.toml` are laid over the embedded ones. It is read once: changes count in a new process.
        isolation: Whether it is read by a process of its own, which may crash, hang or eat memory without harm. `False` reads it
            in this process and without limits: for trusted files only.
        time_limit: Seconds that it may take; a conversion by LibreOffice has 120 more, a scan as many again for every page.
        memory_limit: MiB of memory that it may take; held to on Linux.

    Raises:
        ReadError: it cannot be read; says why, and what to do.
        ValueError: the rules or the limits are wrong.
    """
    used = reader(isolation, rules, time_limit, memory_limit)
    path, given = _source(source, name)
    return Record(used.record(path, given))


def text(
    source: Union[PathLike, Content],
    *,
    name: Optional[str] = None,
    isolation: bool = True,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
) -> str:
    """The source text of a document: `evidence.start` and `evidence.end` are places in it.

    >>> path = corpus / "2025-tinh-cai-cach-hanh-chinh.txt"
    >>> evidence = kehoach.read(path).targets[2].evidence[0]
    >>> kehoach.text(path)[evidence.start : evidence.end] == evidence.text
    True

    Args and errors are those of `read`.
    """
    used = reader(isolation, None, time_limit, memory_limit)
    path, given = _source(source, name)
    return used.text(path, given).decode()


def read_many(
    paths: Iterable[PathLike],
    *,
    threads: Optional[int] = None,
    rules: Optional[PathLike] = None,
    isolation: bool = True,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
) -> Iterator[Union[Record, ReadError]]:
    """The records of many files, in the order given, as they come; a file that cannot be read gives its error as a value.

    Paths are taken, and files read, only a little ahead of what is consumed: millions of them need no memory.

    >>> paths = [corpus / "2023-tinh-giam-ngheo.txt", corpus / "missing.txt"]
    >>> [type(found).__name__ for found in kehoach.read_many(paths)]
    ['Record', 'ReadError']

    Args:
        paths: Files, from any iterable; `kehoach.find(folder)` gives those of a folder.
        threads: How many are read at once; as many as there are processors unless given.
        rules: As in `read`; so are `isolation`, `time_limit` and `memory_limit`.

    Raises:
        ValueError: the rules or the limits are wrong.
    """
    return _read_many(paths, _count(threads), reader(isolation, rules, time_limit, memory_limit), False)


def read_tried(
    paths: Iterable[PathLike], threads: Optional[int], rules: Optional[PathLike]
) -> Iterator[Union[Record, ReadError]]:
    """`read_many` for documents that are then audited together, in this process and without limits: a long one over which that
    takes for ever is found by its worker process, by itself and within its limits."""
    return _read_many(paths, _count(threads), reader(True, rules, TIME_LIMIT, MEMORY_LIMIT), True)


def _read_many(paths: Iterable[PathLike], threads: int, used: Reader, tried: bool) -> Iterator[Union[Record, ReadError]]:
    def one(path: PathLike) -> Union[Record, ReadError]:
        try:
            return Record(used.record(path, None, tried))
        except ReadError as error:
            return error.with_traceback(None)

    ahead: Deque[Future[Union[Record, ReadError]]] = deque()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="kehoach")
    try:
        for path in paths:
            ahead.append(pool.submit(one, path))
            if len(ahead) > 2 * threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        # Whoever stops listening, or is interrupted, does not wait for what is still read.
        for future in ahead:
            future.cancel()
        pool.shutdown(wait=False)


def find(*paths: PathLike) -> List[str]:
    """The documents that files and folders mean, each once: what `kehoach extract` and `audit` would read.

    Folders are walked without hidden files and without what `.kehoachignore` names; archives and files of other endings are left out.

    >>> len(kehoach.find(corpus / "audit"))
    3

    Raises:
        FileNotFoundError: a path leads nowhere.
        OSError: a folder cannot be read.
    """
    found: Dict[str, str] = {}
    for path in paths:
        files, problems = _find(path)
        if problems:
            raise (OSError if os.path.exists(path) else FileNotFoundError)("; ".join(problems))
        for file in files:
            found.setdefault(os.path.realpath(file), os.fspath(file))
    return list(found.values())


def _source(source: Union[PathLike, Content], name: Optional[str]) -> Tuple[PathLike, Optional[bytes]]:
    """The path or name of a document, and its content where no file of that path is to be opened."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return name or "<bytes>", bytes(source)
    if name is None:
        return source, None
    try:
        # One byte more than is read tells that it is too long.
        with open(source, "rb") as file:
            return name, file.read(LARGEST + 1)
    except OSError as error:
        message = f"cannot be opened: {error.strerror}; check the path and the permissions"
        raise ReadError(os.fspath(source), "unopened", message) from None


def _count(threads: Optional[int]) -> int:
    if threads is not None:
        if threads < 1:
            raise ValueError(f"threads: {threads} is less than one")
        return threads
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
