"""The optional second reader, against a local server that only pretends to be a model."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from ratione.press import read
from ratione.press.endpoint import Endpoint, EndpointError, add_events

TEXT = "A quiet day. After the vote of 16 March 2022 the flag of Russia came down at the Council of Europe, for good."
GOOD = {"state": "RUS", "body": "COE", "event": "left", "time": "past", "quote": TEXT[13:]}


class _Fake(BaseHTTPRequestHandler):
    answer: Any = ""
    asked: list[dict[str, Any]] = []  # noqa: RUF012
    keys: list[str | None] = []  # noqa: RUF012

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append({"path": self.path, **body})
        self.keys.append(self.headers.get("Authorization"))
        if self.answer == 500:
            self.send_error(500)
            return
        said = self.answer if isinstance(self.answer, str) else json.dumps(self.answer)
        data = json.dumps({"choices": [{"message": {"content": said}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    server = HTTPServer(("127.0.0.1", 0), _Fake)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _Fake.asked.clear()
    _Fake.keys.clear()
    yield Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "m", "secret", timeout=5)
    server.shutdown()


def test_an_anchored_event_is_added_with_its_span_and_day(endpoint: Endpoint) -> None:
    reading = read(TEXT, "2022-03-20")
    assert reading.events == []
    _Fake.answer = {"events": [GOOD]}
    assert add_events(reading, endpoint, None) == 0
    (event,) = reading.events
    assert reading.text[slice(*event.span)] == GOOD["quote"]
    assert (event.state, event.body, event.event, event.date, event.confidence) == (
        "RUS",
        "COE",
        "left",
        "2022-03-16",
        "low",
    )
    assert _Fake.asked[0]["path"] == "/v1/chat/completions"
    assert _Fake.asked[0]["model"] == "m"
    assert _Fake.keys == ["Bearer secret"]


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "the flag of Russia came down in Strasbourg"},
        {"quote": "flag"},
        {"state": "UKR"},
        {"state": "XXX"},
        {"body": "ICC"},
        {"body": "FIFA"},
        {"event": "vanished"},
        {"quote": None},
        {"state": None},
    ],
    ids=str,
)
def test_what_fails_a_check_is_dropped(endpoint: Endpoint, change: dict[str, Any]) -> None:
    reading = read(TEXT, "2022-03-20")
    _Fake.answer = {"events": [GOOD | change]}
    assert add_events(reading, endpoint, None) == 1
    assert reading.events == []


def test_an_event_that_is_there_already_is_not_doubled(endpoint: Endpoint) -> None:
    text = "Russia was expelled from the Council of Europe on 16 March 2022."
    reading = read(text, "2022-03-20")
    _Fake.answer = {"events": [{"state": "RUS", "body": "COE", "event": "expelled", "time": "past", "quote": text}]}
    add_events(reading, endpoint, None)
    assert len(reading.events) == 1


@pytest.mark.parametrize("answer", ["no JSON {", '{"events": }', 500, '{"other": []}'])
def test_a_bad_answer_is_a_clear_error_without_key_or_text(endpoint: Endpoint, answer: Any) -> None:
    _Fake.answer = answer
    reading = read(TEXT, "2022-03-20")
    with pytest.raises(EndpointError) as caught:
        add_events(reading, endpoint, None)
    assert "secret" not in str(caught.value)
    assert "Russia" not in str(caught.value)


def test_prose_around_the_answer_and_nothing_found_are_fine(endpoint: Endpoint) -> None:
    reading = read(TEXT, "2022-03-20")
    for answer in ('Sure: {"events": []} there.', "I found nothing."):
        _Fake.answer = answer
        assert add_events(reading, endpoint, None) == 0
    assert reading.events == []


def test_nobody_there() -> None:
    with pytest.raises(EndpointError, match="cannot be reached"):
        Endpoint("http://127.0.0.1:9/v1", "m", timeout=2).ask("x")
