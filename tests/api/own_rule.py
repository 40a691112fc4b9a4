"""A rule that a project could have written for itself."""

from __future__ import annotations

_RULE = """---
id: XY1
name: opposed
severity: warning
over: comparison
---

# opposed

One is said and denied.

## Why it hurts

Nobody knows which holds.

## Example

```md file=a.md
The mail gateway keeps a message log.
```

```md file=b.md
The mail gateway keeps no message log.
```

## Instead

```md file=a.md
The mail gateway keeps a message log.
```

## Query

```sparql
@@
```
"""


def own_rule(query: str) -> str:
    """The text of the rule XY1 that asks for ``query``."""
    return _RULE.replace("@@", query)
