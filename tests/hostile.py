"""Strings that try to run, to close what they stand in, or to mislead; a corpus full of them."""

from __future__ import annotations

from decimal import Decimal

from kg.claim import Amount, Claim, Corpus, Entity, Evidence, Mention, Source, When

STRINGS = (
    "</script><script>window.hacked=1</script>",
    "</SCRIPT\t><script>window.hacked=1</script>",
    "<!--<script>",
    "--></script><script>window.hacked=1</script>",
    "]]><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<svg/onload=window.hacked=1>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'>",
    "<style>body{display:none}</style>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    '"><script>window.hacked=1</script>',
    "'><script>window.hacked=1</script>",
    '" onmouseover="window.hacked=1',
    "' autofocus onfocus='window.hacked=1",
    "javascript:window.hacked=1",
    "JaVaScRiPt:window.hacked=1",
    " javascript:window.hacked=1",
    "java\nscript:window.hacked=1",
    "data:text/html,<script>window.hacked=1</script>",
    "{{ 7 * 7 }}{% raw %}",
    "${window.hacked=1}`+window.hacked+`",
    "\\u003cscript\\u003ewindow.hacked=1",
    "\u2028window.hacked=1\u2029",
    "\u202eevil\u202c \u2066x\u2069",
    '=HYPERLINK("https://evil.example")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "__proto__",
    "a & b <b>bold</b> &lt;i&gt;",
    "\x00\x01\x1f null",
    "🏴‍☠️" * 30 + "x" * 300,
)


def corpus() -> Corpus:
    """One entity, source, relation, figure and denial per string, which stands in every text."""
    entities, sources, claims = {}, {}, []
    for number, text in enumerate(STRINGS):
        here, there = f"e{number}", f"x{text}"
        for i in (here, there):
            entities[i] = Entity(
                id=i,
                type="Company" if number % 2 else text,
                labels={"en": text, "zh-Hans": text, "zh-Hant": text},
                aliases=(text, text + "2"),
                country=text,
                ticker=text,
                wikidata=text,
                parent=there,
                curated=False,
            )
        source = f"s{text}"
        sources[source] = Source(
            id=source,
            title=text,
            publisher=text,
            issued=text,
            url=text,
            language=text,
            kind=text,
            file=text,
            restates=(text,),
        )
        amount = Amount(
            low=Decimal(number + 1) * 10**9,
            high=None,
            currency="USD" if number % 3 else text,
            qualifier="more_than" if number % 2 else text,
            text=text,
            period=text,
        )
        quote = Evidence(source=source, quote=text, start=0, end=len(text))
        row = Evidence(source=source, quote=text, file=text, row=2)
        for negated, evidence in ((False, quote), (True, row)):
            claims.append(
                Claim(
                    kind="relation",
                    subject=Mention(text, entity=here),
                    relation="investsIn" if number % 2 else text,
                    object=Mention(text, entity=there),
                    evidence=evidence,
                    amount=amount,
                    when=When(text, None, None),
                    status="announced" if number % 2 else text,
                    negated=negated,
                    joint=text,
                    product=text,
                    attributed_to=Mention(text, entity="" if number % 2 else here),
                    extractor=text,
                    note=text,
                    deal=text,
                )
            )
        claims.append(
            Claim(
                kind="figure",
                subject=Mention(text, entity=here),
                measure="valuation" if number % 2 else text,
                amount=amount,
                evidence=quote,
                note=text,
            )
        )
    return Corpus(entities=entities, sources=sources, claims=tuple(claims))
