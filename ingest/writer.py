"""Writes the claims of one passage, with the subject, scope and standing that its context lends."""

from __future__ import annotations

import re

from ..graph.model import Claim, Standing
from .authorities import hints_at_authority
from .context import inherit, scope_of
from .frame import Frame, topic_of
from .page import Passage
from .values import normalise
from .words import clean, phrase

LABEL = re.compile(r"^\s*((?:[^\s:;.!?]+\s+){0,5}[^\s:;.!?]+)\s*:\s+(?=\S)")


class Writer:
    """Makes claims of one passage."""

    __slots__ = ("frame", "passage", "standing", "subject", "subject_from")

    def __init__(self, passage: Passage, frame: Frame, standing: Standing) -> None:
        self.passage = passage
        self.frame = frame
        self.standing: Standing = standing
        self.subject = frame.subject
        self.subject_from = frame.subject_from

    def under(self, label: str) -> Writer:
        """A writer whose inherited subject is the passage's own label."""
        out = Writer(self.passage, self.frame, self.standing)
        if len(phrase(label).terms) and not scope_of(label, "stated"):
            out.subject, out.subject_from = label, "label"
        return out

    @property
    def matter(self) -> str:
        """What an authority is for when its own words do not say: the label or the lead-in above."""
        if self.subject_from == "label" and not hints_at_authority(self.subject.lower()):
            return self.subject
        return self.frame.subject if self.frame.subject_from == "lead-in" else ""

    def make(
        self,
        subject: str,
        relation: str,
        obj: str,
        *,
        start: int,
        end: int,
        polarity: str = "affirmed",
        modality: str = "fact",
        value: str = "",
        condition: str = "",
        standing: Standing | None = None,
        subject_from: str = "",
        extractor: str = "prose",
        marker: str = "",
        quantifier: str = "",
    ) -> Claim:
        """A claim over ``text[start:end]`` of the passage."""
        text = self.passage.text[max(0, start) : end]
        scope = inherit(self.frame.scope, scope_of(self._scope_text(start, end), "stated"))
        return Claim(
            path=self.frame.path,
            passage=self.passage.ordinal,
            span=self.passage.locate(max(0, start), end) if text else self.passage.span,
            subject=subject or self.subject,
            relation=relation,
            object=obj,
            value=value,
            polarity=polarity,  # type: ignore[arg-type]
            modality=modality,  # type: ignore[arg-type]
            standing=standing or self.standing,
            scope=scope,
            condition=condition,
            subject_from=subject_from or ("own words" if subject else self.subject_from),
            extractor=extractor,
            topic=topic_of(self.frame.section),
            marker=marker,
            quantifier=quantifier,
        )

    def _scope_text(self, start: int, end: int) -> str:
        text = self.passage.text
        clause = text[max(0, start) : end]
        label = LABEL.match(text) if start > 0 and ":" in text else None
        return f"{label[1]} {clause}" if label else clause

    def role_value(self, label: str, value: str, start: int) -> Claim:
        """The labelled role of the inherited subject: "Registry: `x`"."""
        at = self.passage.text.find(value, start)
        return self.make(
            self.frame.subject,
            f"open:{label.lower()}",
            value,
            value=normalise(value),
            start=max(at, 0),
            end=max(at, 0) + len(value),
            subject_from=self.frame.subject_from,
            extractor="item",
        )

    def listed(self, verb: str) -> Claim:
        """An item under a lead-in that ends in its verb."""
        text = self.passage.text
        return self.make(
            self.frame.subject,
            verb,
            clean(text),
            polarity="denied" if self.frame.role.flips else "affirmed",
            start=0,
            end=len(text),
            subject_from="lead-in",
            extractor="item",
        )
