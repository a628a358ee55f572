"""Who does what a verb says, however the sentence is built."""

import pytest

from tests.extracting import claims, said


@pytest.mark.parametrize(
    "text",
    [
        "Fenwick Robotics has agreed to buy Kwantum Optica.",
        "Fenwick Robotics, which is based in Leeds, bought Kwantum Optica.",
        "Fenwick Robotics, a maker of surgical arms, bought Kwantum Optica last year.",
        "Fenwick Robotics opened a yard in Leeds and bought Kwantum Optica.",
        "Fenwick Robotics, buying Kwantum Optica for $5m, said it would hire.",
        "Kwantum Optica was bought by Fenwick Robotics for $5m.",
        "Kwantum Optica, bought by Fenwick Robotics in 2019, makes lenses.",
        "Bought by Fenwick Robotics in 2019, Kwantum Optica makes lenses.",
        "Fenwick Robotics, which Orbix Labs founded in 1998, bought Kwantum Optica.",
        "With Leeds behind it, Fenwick Robotics, in March 2024, bought Kwantum Optica.",
    ],
)
def test_english(text: str) -> None:
    assert ("Fenwick Robotics", "acquires", "Kwantum Optica") in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "瀚洋科技宣布，拟斥资5亿元收购苍梧半导体。",
        "瀚洋科技去年从国开行借款，并收购了苍梧半导体。",
        "瀚洋科技将苍梧半导体收入囊中。",
        "苍梧半导体被瀚洋科技以5亿元收购。",
        "瀚洋科技完成了对苍梧半导体的收购。",
        "微软将苍梧半导体卖给了瀚洋科技。",
    ],
)
def test_chinese(text: str) -> None:
    assert ("瀚洋科技", "acquires", "苍梧半导体") in said(text)


def test_words_that_are_no_name_are_nobody() -> None:
    """A verb whose subject is a common noun is not given to whoever the text is about."""
    text = "Fenwick Robotics makes arms. Shares jumped and lenders bought Kwantum Optica."
    assert not {s for s in said(text) if s[1] == "acquires" and s[0] == "Fenwick Robotics"}


def test_a_name_behind_a_preposition_is_no_subject() -> None:
    assert said("瀚洋科技从微软手里买下苍梧半导体。") == {("瀚洋科技", "acquires", "苍梧半导体")}


def test_who_owns_what_is_sold_is_not_who_holds_it() -> None:
    found = said("微软收购瀚洋科技持有的苍梧半导体35%股权。")
    assert ("瀚洋科技", "holdsStakeIn", "苍梧半导体") in found
    assert ("微软", "holdsStakeIn", "苍梧半导体") not in found


def test_who_is_named_as_the_relative_of_another_acts() -> None:
    text = "Mr Hemi Parata, whose grandmother, Dot Parata, founded Orbix Labs in 1974, left."
    found = [c for c in claims(text) if c.relation == "founded"]
    assert max(found, key=lambda c: c.confidence).subject.name == "Dot Parata"


def test_banks_lend_whoever_is_named_first() -> None:
    assert said("瀚洋科技与招商银行签署5亿元贷款协议。") == {("招商银行", "lendsTo", "瀚洋科技")}
