"""Whether kernel and reference evaluator agree on many random complaints: every status, day and outcome.

    python bench/equal.py [N] [SEED]      (200,000 take hours: the reference needs some 30 ms for each)
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from bulk.made import complaints
from bulk.test_equal import KERNELS, compare

AT_ONCE = 500


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    wrong = 0
    for first in range(0, n, AT_ONCE):
        for presume, kernel in KERNELS.items():
            if presume or first % (4 * AT_ONCE) == 0:
                found = compare(kernel, complaints(seed * 1_000_000 + first, min(AT_ONCE, n - first)))
                wrong += len(found)
                for difference in found[:5]:
                    print(difference)
        print(f"{first + AT_ONCE:,} complaints, {wrong} differences", flush=True)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
