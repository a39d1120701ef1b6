"""Numbers for whole numbers as they come."""

import numpy as np

from ratione.bulk.arrays import known
from ratione.bulk.arrays.known import Known


def test_each_value_keeps_its_number(monkeypatch):
    for sparse in (4, 1):  # with few places, values come together in all of them
        monkeypatch.setattr(known, "_SPARSE", sparse)
        numbers, told = Known(), {}
        random = np.random.default_rng(1)
        for most in (5, 1_000, 1 << 61) * 20:
            values = random.integers(0, most, random.integers(0, 3_000))
            found = numbers.number(values)
            assert (numbers.values[found] == values).all()
            for value, number in zip(values.tolist(), found.tolist(), strict=True):
                assert told.setdefault(value, number) == number
        assert len(numbers.values) == len(told)
        assert sorted(told.values()) == list(range(len(told)))
