"""Values in comparable form: quantities in base units, versions, dates, switches and identifiers.

A normalised value is a short string ``kind:payload``; ranges are ``kind:low..high``.  Binary and decimal size prefixes
follow IEC 80000-13, so ``1 GiB`` and ``1 GB`` differ.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .english import ENVIRONMENTS

_UNITS: dict[str, tuple[str, float]] = {}
for _names, _kind, _factor in (
    ("ms msec millisecond milliseconds", "duration", 0.001),
    ("s sec secs second seconds", "duration", 1),
    ("min mins minute minutes", "duration", 60),
    ("m", "m", 1),
    ("h hr hrs hour hours", "duration", 3600),
    ("d day days", "duration", 86400),
    ("w week weeks", "duration", 604800),
    ("b byte bytes", "bytes", 1),
    ("kb", "bytes", 1e3),
    ("mb", "bytes", 1e6),
    ("gb", "bytes", 1e9),
    ("tb", "bytes", 1e12),
    ("ki kib", "bytes", 1024),
    ("mi mib", "bytes", 1024**2),
    ("gi gib", "bytes", 1024**3),
    ("ti tib", "bytes", 1024**4),
    ("% percent", "percent", 1),
    ("vcpu vcpus cpu cpus core cores", "cpu", 1),
    ("replica replicas", "replicas", 1),
    ("node nodes", "nodes", 1),
):
    _UNITS.update(dict.fromkeys(_names.split(), (_kind, _factor)))

_NUMBER = r"(\d+(?:,\d{3})*(?:\.\d+)?)"
_QUANTITY = re.compile(rf"^[~≈]?\s*{_NUMBER}\s*-?\s*([A-Za-z%]+)?$")
_BOUND = re.compile(
    r"(?:(?P<most><=|[<≤]|up to|at most|no more than|less than|under|below|max(?:imum)?\.?)"
    r"|(?:>=|[>≥]|at least|no less than|more than|over|above|min(?:imum)?\.?))\s*(?=\d)",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"^{_NUMBER}\s*([A-Za-z%]+)?\s*(?:-|–|to|\.\.)\s*{_NUMBER}\s*([A-Za-z%]+)?$")
_RATE = re.compile(
    rf"^{_NUMBER}\s*(?:req(?:uest)?s?|rps|calls?|msgs?|messages?)?\s*(?:/|per)\s*"
    rf"(s|sec|second|min|minute|h|hour|d|day)(?:ute|ond|our|ay)?s?$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"^v?(\d+(?:\.(?:\d+|x))+)(?:[-+][\w.]+)?$|^v(\d+)$", re.IGNORECASE)
_DATE = re.compile(r"^(\d{4}-\d{2}(?:-\d{2})?)$")
_ON = frozenset("true yes on enabled".split())
_OFF = frozenset("false no off disabled".split())
_OFTEN = {
    "hourly": 3600, "daily": 86400, "nightly": 86400, "weekly": 604800, "monthly": 2592000, "quarterly": 7776000,
    "yearly": 31536000, "annually": 31536000,
}  # fmt: skip
_EVERY = re.compile(r"(?:every|once (?:per|an?|every)|each)\s+(?:(?P<number>\d+)\s*)?(?P<unit>[a-z]+)")
_PER = {
    "s": 1,
    "sec": 1,
    "second": 1,
    "m": 60,
    "min": 60,
    "minute": 60,
    "h": 3600,
    "hour": 3600,
    "d": 86400,
    "day": 86400,
}


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _show(value: float) -> str:
    return f"{value:.6g}" if value < 1e6 else f"{value:.0f}"


@lru_cache(maxsize=100_000)
def normalise(text: str) -> str:
    """The comparable form of a value as written; empty when it has none.

    >>> [normalise(t) for t in ("30 minutes", "1800s", "20Gi", "v1.10")]
    ['duration:1800', 'duration:1800', 'bytes:21474836480', 'version:1.10']
    >>> [normalise(t) for t in ("1–7 days", "enabled", "100/min", "`kube-system`")]
    ['duration:86400..604800', 'switch:on', 'rate:1.66667', 'name:kube-system']
    >>> [normalise(t) for t in ("≤ 60 s", "at least 3 nodes")]
    ['duration:0..60', 'nodes:3..inf']
    """
    bare = text.strip().strip("`\"'“”*").strip()
    low = bare.lower()
    if not bare or len(bare) > 120:
        return ""
    if low in _ON or low in _OFF:
        return "switch:on" if low in _ON else "switch:off"
    return _frequency(low) or _quantity(bare) or _version(bare) or _name(bare)


def _frequency(low: str) -> str:
    """How often something happens, as the seconds between two times.

    >>> _frequency("nightly"), _frequency("every 5 minutes"), _frequency("once a week"), _frequency("always")
    ('frequency:86400', 'frequency:300', 'frequency:604800', '')
    """
    if low in _OFTEN:
        return f"frequency:{_OFTEN[low]}"
    if match := _EVERY.fullmatch(low):
        kind, factor = _unit(match["unit"])
        return f"frequency:{_show(float(match['number'] or 1) * factor)}" if kind == "duration" else ""
    return ""


def _quantity(bare: str) -> str:
    if match := _BOUND.match(bare):
        kind, _, size = _quantity(bare[match.end() :]).partition(":")
        if not size or ".." in size:
            return ""
        return f"{kind}:0..{size}" if match["most"] else f"{kind}:{size}..inf"
    if match := _RATE.match(bare):
        return f"rate:{_show(_number(match[1]) / _PER[match[2].lower()])}"
    if match := _QUANTITY.match(bare):
        kind, factor = _unit(match[2])
        return f"{kind}:{_show(_number(match[1]) * factor)}" if kind else ""
    if match := _RANGE.match(bare):
        kind, factor = _unit(match[4] or match[2])
        low_kind, low_factor = _unit(match[2] or match[4])
        if kind and kind == low_kind:
            return f"{kind}:{_show(_number(match[1]) * low_factor)}..{_show(_number(match[3]) * factor)}"
    return ""


def _unit(name: str | None) -> tuple[str, float]:
    if not name:
        return "number", 1.0
    return _UNITS.get(name.lower(), ("", 1.0))


def _version(bare: str) -> str:
    if match := _DATE.match(bare):
        return f"date:{match[1]}"
    if match := _VERSION.match(bare):
        return f"version:{match[1] or match[2]}"
    return ""


def _name(bare: str) -> str:
    if " " in bare and not re.search(r"[<{*$]", bare):
        return ""
    return "name:" + bare.strip(".,;:").lower()


def kind_of(value: str) -> str:
    """The kind of a normalised value.

    >>> kind_of("duration:60")
    'duration'
    """
    return value.partition(":")[0]


_TEMPLATE = re.compile(r"\$?\{\{?[^{}]*\}?\}|<[^<>]*>|\*+|\$[A-Za-z_]+|\[[^\]]+\]|…|\.\.\.")


@lru_cache(maxsize=100_000)
def _pattern(text: str) -> re.Pattern[str] | None:
    if not _TEMPLATE.search(text):
        return None
    out: list[str] = []
    at = 0
    for match in _TEMPLATE.finditer(text):
        out += [re.escape(text[at : match.start()]), ".+"]
        at = match.end()
    out.append(re.escape(text[at:]))
    return re.compile("".join(out))


def compatible(a: str, b: str) -> bool:
    """Whether two normalised values can both hold: equal, overlapping ranges, or a template and an instance of it.

    >>> compatible("name:app-<env>", "name:app-dev"), compatible("duration:60", "duration:30..90")
    (True, True)
    >>> compatible("number:1", "number:2")
    False
    """
    if a == b:
        return True
    kind_a, _, left = a.partition(":")
    kind_b, _, right = b.partition(":")
    if kind_a != kind_b:
        return True
    if kind_a == "version":
        return versions_agree(left, right)
    if kind_a == "name":
        return _same_name(left, right)
    low_a, high_a = _bounds(left)
    low_b, high_b = _bounds(right)
    return low_a <= high_b and low_b <= high_a


def _same_name(left: str, right: str) -> bool:
    pattern_l, pattern_r = _pattern(left), _pattern(right)
    if (pattern_l is not None and pattern_r is not None) or (
        "/" in left + right and (pattern_l or pattern_r) is not None
    ):
        return True
    if pattern_l is not None:
        return pattern_l.fullmatch(right) is not None
    if pattern_r is not None:
        return pattern_r.fullmatch(left) is not None
    short, long = sorted((left, right), key=len)
    if "-" in short and "/" not in short and long.startswith(f"{short}-"):
        return False
    return re.search(rf"(?<![a-z0-9]){re.escape(short)}(?![a-z0-9])", long) is not None


_ENVIRONMENT = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(sorted(ENVIRONMENTS, key=len, reverse=True))})(?![a-z0-9])")


def same_but_for_environment(a: str, b: str) -> bool:
    """Whether two names are those of one thing in two environments.

    >>> same_but_for_environment("name:*.dev.example.org", "name:*.local.example.org")
    True
    >>> same_but_for_environment("name:mail-dev", "name:relay-dev")
    False
    """
    return a != b and _ENVIRONMENT.sub("{env}", a) == _ENVIRONMENT.sub("{env}", b)


def versions_agree(a: str, b: str) -> bool:
    """Whether two versions can both hold; the shorter of two covers the longer.

    >>> versions_agree("1.10", "1.1"), versions_agree("20", "20.4"), versions_agree("3.8+", "3.10+")
    (False, True, False)
    >>> versions_agree("18+", "20"), versions_agree("18+", "16")
    (True, False)
    """
    if a.endswith("+") != b.endswith("+"):
        least, exact = (a, b) if a.endswith("+") else (b, a)
        return _prefix(least[:-1], exact) or _parts(exact) >= _parts(least[:-1])
    return _prefix(a.rstrip("+"), b.rstrip("+"))


def _prefix(a: str, b: str) -> bool:
    return all(x == y or "x" in (x, y) for x, y in zip(a.split("."), b.split("."), strict=False))


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _bounds(payload: str) -> tuple[float, float]:
    low, _, high = payload.partition("..")
    try:
        return float(low), float(high or low)
    except ValueError:
        return (0.0, float("inf"))
