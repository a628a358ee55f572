"""Small matrices are multiplied on one thread, and on as many as before afterwards."""

import numpy as np
from threadpoolctl import threadpool_info

from kg.extract.threads import one_thread


def _threads() -> list[int]:
    assert np.ones((2, 2)).sum() == 4
    return [
        library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"
    ]


def test_there_is_one_thread_within_and_as_many_as_before_afterwards() -> None:
    before = _threads()
    with one_thread():
        assert _threads() == [1] * len(before)
    assert _threads() == before
