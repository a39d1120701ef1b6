"""How long one complaint takes, cold and warm, in all fora and with the full trace. Prints a table; sets no limit.

Run: python bench/assess.py
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from ratione.assess.question import settling
from ratione.assess.verdict import Assessor
from ratione.complaint.read import read_all
from ratione.out.records import Answer, verdict_record
from ratione.registry import Registry
from ratione.words.explain import explanation
from ratione.words.page import pages

RATIONE = Path(sys.executable).parent / "ratione"
EXAMPLES = Path(__file__).parents[1] / "examples"
ON = date(2022, 11, 22)


def best(job: Callable[[], object], times: int = 20) -> float:
    """The shortest of several runs, in milliseconds of CPU."""
    found = []
    for _ in range(times):
        start = time.process_time()
        job()
        found.append(time.process_time() - start)
    return 1000 * min(found)


def cold(*args: str) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of one cold process."""
    child = subprocess.Popen([str(RATIONE), *args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    moscow, docket = str(EXAMPLES / "moscow.json"), str(EXAMPLES / "docket.csv")
    registry = Registry.load()
    assessor = Assessor(registry, ON)
    (complaint,), _ = read_all(moscow)
    one = replace(complaint, rights=("liberty",))
    article = replace(complaint, rights=("ECHR:5",))
    many, _ = read_all(docket)
    verdicts = assessor.assess(complaint)
    unclear = [v for v in verdicts if v.missing]
    answer = Answer(assessor, {})
    rows = [
        ("warm: one act, one article, all fora, no trace", best(lambda: assessor.assess(article, trace=False))),
        ("warm: one act, one article, all fora, full trace", best(lambda: assessor.assess(article))),
        ("warm: one act, one plain right, all fora, no trace", best(lambda: assessor.assess(one, trace=False))),
        ("warm: one act, one plain right, all fora, full trace", best(lambda: assessor.assess(one))),
        ("warm: one act, two rights, all fora", best(lambda: assessor.assess(complaint))),
        ("warm: the same as records with text", best(lambda: [verdict_record(answer, v, complaint) for v in verdicts])),
        ("warm: what would settle it, all fora", best(lambda: [settling(assessor, complaint, v) for v in unclear])),
        ("warm: the page", best(lambda: pages(assessor, complaint, verdicts))),
        ("warm: the full explanation", best(lambda: explanation(assessor, complaint, verdicts))),
        (f"warm: docket of {len(many)}, all fora", best(lambda: [assessor.assess(c) for c in many])),
    ]
    for label, value in rows:
        print(f"{label:46} {value:8.2f} ms")
    for args in (("assess", moscow), ("assess", docket), ("explain", moscow), ("forum", "ECTHR"), ("forum",)):
        runs = [cold(*args) for _ in range(5)]
        cpu, memory = min(r[0] for r in runs), max(r[1] for r in runs)
        name = " ".join(Path(a).name if "/" in a else a for a in args)
        print(f"cold: ratione {name:32} {cpu:8.2f} s CPU, {memory:.0f} MB")


if __name__ == "__main__":
    main()
