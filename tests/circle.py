"""A small workspace whose money goes round, for the tests of what is worked out from it."""

from __future__ import annotations

from pathlib import Path

CONFIG = """[workspace]
title = "A circle"
"""
ENTITIES = """id,type,label_en,label_zh,aliases,parent_id
alder,Company,Alder,桤木,Alder Chips|ALD,
birch,Company,Birch,桦木,,
cedar,Company,Cedar,雪松,Cedar Cloud,
cedar-eu,Company,Cedar Europe,雪松欧洲,,cedar
grove,Project,Grove,林地,,
"""
SOURCES = """id,url,publisher,title_own_words,published,language,kind
one,https://one.example/a,First Post,Alder pays,2024-03-05,en,news
two,https://two.example/a,Second Post,Birch rents,2024-05-01,en,news
three,https://three.example/a,Third Post,Cedar buys,2024-07-01,en,news
four,https://four.example/a,Fourth Post,Another sum,2024-03-06,en,news
"""
COLUMNS = (
    "id,subject_id,relation,object_id,product,amount_min,amount_max,currency,qualifier,announced,"
    "status,source_id\n"
)
CLAIMS = f"""{COLUMNS}\
r1,alder,investsIn,birch,,10000000000,10000000000,USD,exact,2024-03-05,completed,one
r2,cedar,supplies,birch,compute,4000000000,6000000000,USD,about,2024-05-01,committed,two
r3,alder,supplies,cedar,chips,,5000000000,USD,up_to,2024-07-01,announced,three
r4,alder,investsIn,birch,,20000000000,20000000000,USD,exact,2024-03-06,completed,four
r5,alder,supplies,birch,power,,,,,2024-08-01,rumoured,three
r6,birch,participatesIn,grove,,,,,,2024-08-01,announced,three
"""
FIGURES = """id,entity_id,measure,value_min,value_max,unit,qualifier,period,source_id
g1,birch,netLoss,1000000000,1000000000,USD,exact,2024,one
g2,birch,netLoss,3000000000,3000000000,USD,exact,2024,two
"""


def write(folder: Path, claims: str = CLAIMS) -> Path:
    """Writes the workspace.

    Args:
        folder: where; made when it is not there.
        claims: another claims.csv.
    """
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    (data / "documents").mkdir(exist_ok=True)
    (folder / "kg.toml").write_text(CONFIG, "utf-8")
    for name, text in (
        ("entities.csv", ENTITIES),
        ("sources.csv", SOURCES),
        ("claims.csv", claims),
        ("figures.csv", FIGURES),
    ):
        (data / name).write_text(text, "utf-8")
    return folder
