"""Score the reading of press items against what they report, and measure the speed of reading.

    python bench/press.py score ITEMS.jsonl [--half a|b] [--markdown FILE] [--wrong]
    python bench/press.py speed [--seconds 5]

An item has `events` (state, body, event, date, ...), other right answers in `*_accept`, and `must_not`. An event counts
as found where State, body and kind agree; days, tense and speaker are figures apart, over the events found.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ratione.press import read, read_item
from ratione.press.model import Event


@dataclass
class Score:
    found: int = 0
    extra: int = 0
    missed: int = 0
    forbidden: int = 0
    from_negatives: int = 0
    days: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        total = 2 * self.found + self.extra + self.missed
        return 2 * self.found / total if total else 1.0


def accepted(gold: dict[str, Any], name: str) -> list[Any]:
    return [gold.get(name), *gold.get(f"{name}_accept", [])]


def same(gold: dict[str, Any], event: Event) -> bool:
    return (
        event.state == gold["state"] and event.body in accepted(gold, "body") and event.event in accepted(gold, "event")
    )


def day_fits(gold: dict[str, Any], name: str, told: str | None, text_name: str, in_words: str | None) -> bool:
    """A day fits where it is one of the right ones; one known in part only where it agrees with what is known."""
    right = [gold.get(name if name != "effect" else "effect_date"), *gold.get(f"{name}_accept", [])]
    if told in right:
        return True
    said = told or in_words
    if said is None:
        return None in right or bool(gold.get(text_name))
    if (gold.get(text_name) and str(gold[text_name]).startswith(said)) or said == gold.get(text_name):
        return True
    return any(day is not None and len(said) < 10 and str(day).startswith(said) for day in right)


def score(items: list[dict[str, Any]]) -> Score:
    total = Score()
    for item in items:
        reading = read_item(item)
        left = list(reading.events)
        missed = []
        for gold in item["events"]:
            hit = next((e for e in left if same(gold, e)), None)
            if hit is None:
                missed.append(gold)
                continue
            left.remove(hit)
            total.found += 1
            total.days["date"] += day_fits(gold, "date", hit.date, "date_text", hit.date_text)
            total.days["effect"] += day_fits(gold, "effect", hit.effect_date, "effect_text", hit.effect_text)
            total.days["time"] += hit.time == gold["time"]
            total.days["speaker"] += hit.speaker is not None
        also = item.get("also_in_full_text", [])
        left = [e for e in left if not any(same(g, e) for g in also)]
        forbidden = [
            e
            for e in reading.events
            if any(
                bad.items() <= {"state": e.state, "body": e.body, "event": e.event}.items()
                for bad in item.get("must_not", [])
            )
        ]
        total.extra += len(left)
        total.missed += len(missed)
        total.forbidden += len(forbidden)
        total.from_negatives += len(left) if item.get("negative") else 0
        if left or missed or forbidden:
            total.wrong.append(
                f"{item['id']}: missed {[(g['state'], g['body'], g['event']) for g in missed]}"
                f" extra {[(e.state, e.body, e.event) for e in left]} forbidden {len(forbidden)}"
            )
    return total


def table(rows: list[tuple[str, str]]) -> str:
    return "\n".join(["| measure | value |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def run_score(args: argparse.Namespace) -> int:
    items = [json.loads(line) for line in Path(args.items).read_text("utf-8").splitlines() if line.strip()]
    if args.half:
        half = len(items) // 2
        items = items[:half] if args.half == "a" else items[half:]
    total = score(items)
    share = {name: f"{total.days[name]}/{total.found}" for name in ("date", "effect", "time", "speaker")}
    rows = [
        ("items", str(len(items))),
        ("events found / extra / missed", f"{total.found} / {total.extra} / {total.missed}"),
        ("F1 (State, body, kind)", f"{total.f1:.3f}"),
        ("must_not extracted", str(total.forbidden)),
        ("extracted from negatives", str(total.from_negatives)),
        ("day of the act right", share["date"]),
        ("day of effect right", share["effect"]),
        ("tense right", share["time"]),
        ("speaker named", share["speaker"]),
    ]
    print(table(rows))
    if args.wrong:
        print("\n".join(total.wrong))
    if args.markdown:
        Path(args.markdown).write_text(table(rows) + "\n", "utf-8")
    return 0 if not total.forbidden and not total.from_negatives else 1


PARAGRAPH = (
    "Ministers met on Monday to discuss the budget of the coming year and the repair of bridges in the north. {} "
    "A spokesman said that the talks had been useful and that at least 300 people had come to the square in March. "
    "Analysts in the capital expect little change before the election, and traders shrugged the matter off.\n\n"
)
SENTENCES = (
    "Hungary has handed its notice of withdrawal from the International Criminal Court to the United Nations.",
    "Russia was expelled from the Council of Europe on 16 March 2022.",
    "The African Union suspended Gabon on Thursday after soldiers took power.",
    "Britain could leave the European Convention on Human Rights, the minister warned.",
)


def article(n: int) -> str:
    """About 600 words, as a report in a newspaper."""
    return "A headline about States and their courts\n\n" + "".join(
        PARAGRAPH.format(SENTENCES[(n + k) % 4]) for k in range(8)
    )


def run_speed(args: argparse.Namespace) -> int:
    texts = [article(n) for n in range(50)]
    read(texts[0], "2022-03-15")
    done, begun = 0, time.process_time()
    while time.process_time() - begun < args.seconds:
        read(texts[done % 50], "2022-03-15")
        done += 1
    plain = done / (time.process_time() - begun)
    rows = [
        ("words an article", str(len(texts[0].split()))),
        ("plain text, articles a second of one core", f"{plain:.0f}"),
    ]
    try:
        from ratione.press.extract import from_html

        pages = [
            "<html><head><title>T</title></head><body><nav>Menu</nav><article>"
            f"{t.replace(chr(10) * 2, '<p>')}</article></body></html>"
            for t in texts
        ]
        from_html(pages[0])
        done, begun = 0, time.process_time()
        while time.process_time() - begun < args.seconds:
            read(from_html(pages[done % 50]).text, "2022-03-15")
            done += 1
        rows.append(("HTML, articles a second of one core", f"{done / (time.process_time() - begun):.0f}"))
    except ImportError:
        print("HTML not measured: the extra `press` is not installed", file=sys.stderr)
    print(table(rows))
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    scoring = commands.add_parser("score")
    scoring.add_argument("items")
    scoring.add_argument("--half", choices=["a", "b"])
    scoring.add_argument("--markdown")
    scoring.add_argument("--wrong", action="store_true")
    scoring.set_defaults(run=run_score)
    speed = commands.add_parser("speed")
    speed.add_argument("--seconds", type=float, default=5)
    speed.set_defaults(run=run_speed)
    args = parser.parse_args()
    return int(args.run(args))


if __name__ == "__main__":
    sys.exit(main())
