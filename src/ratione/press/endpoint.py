"""An optional second reader: any OpenAI-compatible endpoint that the user configures. Off by default.

Nothing that a model says is taken as such: each event must quote the text word for word, the quotation must name the
State and the body (or the text must, near it), the kind must be one that this package knows, and days are read from
the quotation by this package's own grammar. What fails a check is dropped and counted.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from ratione.press.find import Sentence, sentences
from ratione.press.lexicon import Lexicon, bodies, lexicon, state_names
from ratione.press.model import EVENTS, Event, Reading
from ratione.press.speech import speaker_of

LONGEST = 40_000  # characters sent

PROMPT = (
    "You read a news report and list changes of a State's standing with an international body or treaty. Answer with "
    'one JSON object {"events": [{"state": ISO 3166-1 alpha-3, "body": code, "event": kind, '
    '"time": past|present|future, "quote": words copied exactly from the report}]} and nothing else. '
    "Codes: CODES. Kinds: KINDS. Leave out what the report does not claim. An empty list is a good answer."
)


class EndpointError(RuntimeError):
    """The endpoint does not answer, or not in the agreed form. The message never holds the key or the text."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is: `base` such as http://localhost:8000/v1, its `model`, and a `key` if one is needed."""

    base: str
    model: str
    key: str = ""
    timeout: float = 60

    def ask(self, text: str) -> list[dict[str, Any]]:
        """The events that the model names, unchecked. Raises EndpointError."""
        from urllib.error import HTTPError, URLError
        from urllib.request import Request, urlopen

        system = PROMPT.replace("CODES", ", ".join(bodies())).replace("KINDS", ", ".join(EVENTS))
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": text[:LONGEST]}],
        }
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        request = Request(self.base.rstrip("/") + "/chat/completions", json.dumps(body).encode(), headers)
        try:
            with urlopen(request, timeout=self.timeout) as answer:
                said = json.loads(answer.read(2_000_000))["choices"][0]["message"]["content"]
        except HTTPError as error:
            raise EndpointError(f"the endpoint answered {error.code}") from None
        except (URLError, TimeoutError, OSError) as error:
            raise EndpointError(
                f"the endpoint cannot be reached: {getattr(error, 'reason', None) or type(error).__name__}"
            ) from None
        except (ValueError, KeyError, IndexError, TypeError):
            raise EndpointError("the endpoint's answer is not a chat completion") from None
        hit = re.search(r"\{.*", str(said), re.S)
        try:
            found = json.loads(hit[0][: hit[0].rfind("}") + 1])["events"] if hit else []
        except (ValueError, KeyError, TypeError):
            raise EndpointError("the model's answer is not the JSON that was asked for") from None
        return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def add_events(reading: Reading, endpoint: Endpoint, published: date | None) -> int:
    """Add to a reading what the model finds and the checks let through; returns how many were dropped.

    Such events have the confidence low and say in their note where they come from. An event that the reading has
    already is not added again.
    """
    lex = lexicon(reading.provenance.language)
    cut = sentences(reading.text, lex)
    dropped = 0
    for item in endpoint.ask(reading.text):
        event = _checked(item, reading.text, cut, lex, published)
        if event is None:
            dropped += 1
        elif not any((e.state, e.body, e.event) == (event.state, event.body, event.event) for e in reading.events):
            reading.events.append(event)
    return dropped


def _checked(
    item: dict[str, Any], text: str, cut: list[Sentence], lex: Lexicon, published: date | None
) -> Event | None:
    """The event of one answer, or None where it fails a check."""
    state, body, kind, quote = (str(item.get(name, "")) for name in ("state", "body", "event", "quote"))
    if state not in state_names() or body not in bodies() or kind not in EVENTS or len(quote) < 8:
        return None
    start = text.find(quote)
    if start < 0:
        return None
    end = start + len(quote)
    touched = [n for n, s in enumerate(cut) if s.start < end and start < s.end]
    named = {u.name.code for n in touched for u in cut[n].units if u.name}
    near = named | {
        u.name.code for n in range(max(0, (touched or [0])[0] - 3), (touched or [0])[0]) for u in cut[n].units if u.name
    }
    if not touched or not ({state, body} & named and {state, body} <= near):
        return None
    time = item.get("time") if item.get("time") in ("past", "present", "future") else "past"
    told = [
        d
        for n in touched
        for w in cut[n].said(text)
        if start <= w.start < end and (d := w.resolve(published, time == "future"))
    ]
    return Event(
        state, body, kind, str(told[0]) if told else None, None, str(time),
        speaker_of(text, cut, lex, touched[0], start, end), (start, end), "low", note="found by the configured model",
    )  # fmt: skip
