"""What an English document as a whole tells of its names: which are people's, which are firms,
projects or places by the words around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.names_en import EnglishNames
from kg.text import places

#: What a person's name is followed by, and the first word of a thing seldom.
_PERSONAL = re.compile(
    r"(?:['’]s|,| (?:[a-z]+(?:ed|s)|had|will|did|told|went|left|sold|put|took|built|ran|won|made|"
    r"gave|came|met|got|set|also|who|and)\b)"
)
#: Capitalised words that begin a last name of two words.
_PARTS = frozenset(
    ("De", "Van", "Von", "Le", "La", "Di", "Da", "Del", "Al", "El", "Ben", "Mac", "St")
)
_INITIAL = re.compile(r"(?:^|[.!?][”\"’']*\s+|\n[\s“\"]*)$")
_FOUNDING = re.compile(
    r"(?: and (?:[A-Z][\w’'-]+ ?|de |van |von )+)?(?:,? who | )"
    r"(?:co-?)?(?:founded(?! (?:\w+ )*by\b)|chairs|heads|runs|serves as"
    r"|(?:had |have )?set (?:up|it up))\b"
)
_FOUNDED = re.compile(r" (?:co-?)?founded\b")
#: "building X a ship": it is built for X.
_ANOTHER = re.compile(r" (?:an?|another|its) ")
#: "the X plant", "its $210 million X mine"
_DEFINITE = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|a|[A-Z][\w-]+['’]s) "
    r"(?:(?:[A-Z]{0,3}[$£€¥])?\d[\d.,]*(?: ?[mb](?:illio)?n| ?m|-[a-z]+)? (?:[mb]illion )?)?$"
)
_THE = re.compile(r"(?:^|[.!?][”\"’']* )The $|\bthe $")
#: "eTug-1", "K9", but not "Unit-2" or "Fab-18"
_NUMBERED = re.compile(r"^(?!Unit|Fab|Block|Phase|Line|Plant|Train|Berth).*[A-Za-z]-?\d+[A-Za-z]?$")
#: "Uttaran, a Jorhat company": what stands before the place
_APPOSED = re.compile(r", an? (?:[\w-]+ )?$")
#: "OSLO, Oct 21 -": where a report was filed.
_FILED = re.compile(r"^([^\na-z,(]+?)(?:, [^\n]{0,40}?(?: [-–—]| ?--| \(|—)| -| \()", re.MULTILINE)
#: What only those do that act.
_ACTING = re.compile(
    r"(?:'s|,? which (?:(?:has|had|is|was) [a-z]+ed|(?:[A-Z][\w’'-]+ ){1,3}(?:founded|started|set))"
    r"|\s(?:has|had|said|says|will|plans|agreed|bought|raised|announced|signed|designed|developed"
    r"|makes|sells|runs|owns|is [a-z]+ing|is expected))\b"
)


def people(english: EnglishNames, names: Mapping[str, str], text: str) -> dict[str, str]:
    """Which names are people's: a firm is called by its first word, a person by the last.

    Args:
        english: what is known of English names.
        names: the document's names → class code.
        text: the whole document.
    """
    found: dict[str, str] = {}
    ordered = sorted(names)
    for name in ordered:
        words = name.split(" ")
        if names[name] not in ("", "Person") or not 2 <= len(words) <= 4:
            continue
        if "&" in words:
            found[name] = "Company"  # "former partner Bayou & Sons"
            continue
        last = words[-1]
        if len(words) > 2 and " ".join(words[-2:]) in names and words[-2] in _PARTS:
            last = " ".join(words[-2:])  # Bart De Smet
        if not last.replace(" ", "").isalpha() or last.isupper() or last in english.stop:
            continue
        acts = any(_acts(text, start, start + len(name)) for start in places(name, text))
        institution = (
            " of " in name
            or last in english.places
            or words[0] in english.leading
            or last in english.ends
        )
        thing = f" {last}, which" in text  # nobody is spoken of so
        called = not (institution or thing) and last in names and words[0] not in names
        # "the dairy" is no Mr Dairy; "Blue Silo" is what "Blue Silo Dairy" is called
        called = called and " ".join(words[:-1]) not in names and _alone(text, last)
        called = called and re.search(rf"\b{re.escape(last.lower())}\b", text) is None
        called = called and not _introduced_as_firm(english, name, text)
        honoured = not institution and names.get(last) == "Person"
        if names[name] == "Person" or acts or called or honoured:
            found[name] = "Person"
            # "Bramwell Cooperage", called Bramwell, is founded by Des Bramwell.
            if names.get(last) == "" and next(_longer(ordered, last), None) is None:
                found[last] = "Person"
    return found


def _introduced_as_firm(english: EnglishNames, name: str, text: str) -> bool:
    """Whether the words before a name say that it is a firm's: "vegetable breeder Semillas Q"."""
    found = (english.naming.search(text[max(0, at - 40) : at]) for at in places(name, text))
    return any(match is not None and match["firm"] for match in found)


def types(english: EnglishNames, names: Mapping[str, str], text: str) -> dict[str, str]:
    """Classes of names that the words around them tell: "X, a bunkering trial", "the X plant".

    Args:
        english: what is known of English names.
        names: the document's names → class code.
        text: the whole document.
    """
    found: dict[str, str] = {}
    filed = {at.group(1) for at in _FILED.finditer(text)}
    ordered = sorted(names)
    for name in sorted(n for n, code in names.items() if not code):
        # "Thistledown" is what "Thistledown Robotics" is.
        if code := next((names[n] for n in _longer(ordered, name) if names[n]), ""):
            found[name] = code
            continue
        if name.upper() in filed:
            found[name] = "Place"
            continue
        votes: Counter[str] = Counter()
        placed = acting = headed = based = seen = 0
        for start in _apart(text, name):
            end = start + len(name)
            before = text[max(0, start - 40) : start]
            if named := english.naming.search(before):
                apposed = named["apposed"]
                if apposed is None or text[end : end + 1] in (",", ".", ";"):
                    votes[english.kinds[named["kind"] or named["firm"] or apposed]] += 1
            if match := english.described.match(text, end):
                kind = match["kind"]
                words = (match["between"] or "").split()
                if kind is None:
                    words = text[end : match.start("after")].split()
                    kind = match["after"] if _DEFINITE.search(before) else None
                if kind and not english.runs.ends_description & set(words):
                    # "The Kanpur firm moulds toys": where the firm is
                    town = match["after"] and english.kinds[kind] == "Company" and " " not in name
                    town = town and kind != "group"  # "part of the Boortmalt group"
                    votes["Place" if town and _THE.search(before) else english.kinds[kind]] += 1
            if english.built.search(before) and not _ANOTHER.match(text, end):
                # "building the X-1": a number makes it one of a kind, not a works
                votes["Product" if _NUMBERED.search(name) else "Project"] += 1
            if english.joint.search(before):
                votes["Project"] += 2  # "joined forces on X, a laser network"
            seen += 1
            based += bool(_APPOSED.search(before) and english.based.match(text, end))
            placed += bool(english.placing.search(before))
            acting += bool(_ACTING.match(text, end))
            headed += bool(english.headed.search(before))
        if based == seen > 0:
            found[name] = "Place"
            continue
        if votes and headed:
            votes["Company"] += 2  # "the head of X, a fish processor"
        if votes:
            found[name] = min(votes, key=lambda code: (-votes[code], code))
        elif not (acting or _acted(name, text)) and (
            placed
            # "Suir Valley" is what "Suir Valley Distillers" is called.
            or (name.split(" ")[-1] in english.place_ends and not any(_longer(ordered, name)))
        ):
            found[name] = "Place"
    return found


def ordinary(names: Mapping[str, str], text: str) -> frozenset[str]:
    """Words that are names nowhere but at the start of a sentence, and are said in small letters
    too: "Hydrogen will be piped in".

    Args:
        names: the document's names → class code.
        text: the whole document.
    """
    return frozenset(
        name
        for name, code in names.items()
        if not code and name.isalpha() and name[1:].islower()
        and re.search(rf"\b{name.lower()}\b", text)
        and all(_INITIAL.search(text[max(0, at - 6) : at]) for at in _apart(text, name))
    )  # fmt: skip


def possessives(names: Mapping[str, str], text: str) -> dict[str, str]:
    """Names that end in what elsewhere owns: "Captain Kipper's, the fun park" → with that end.

    Args:
        names: the document's names → class code.
        text: the whole document.
    """
    found: dict[str, str] = {}
    for name in names:
        ends = [text[at + len(name) :][:12] for at in _apart(text, name)]
        owned = all(end.startswith(("'s", "’s")) for end in ends)
        if owned and any(_NO_OWNER.match(end) for end in ends):
            found[name] = name + ends[0][:2]
    return found


#: Behind "'s" stands nothing that is owned.
_NO_OWNER = re.compile(
    r"['’]s(?:[,.;:)”\"\n]|$| (?:and|said|says|was|is|has|had|will|for|in|on|at) )"
)


def _acted(name: str, text: str) -> bool:
    """Whether what a name is called for short acts: "Bramwell" of "Bramwell Cooperage"."""
    first, space, _ = name.partition(" ")
    return bool(space) and any(
        _ACTING.match(text, start + len(first)) for start in _apart(text, first)
    )


def _longer(ordered: Sequence[str], name: str) -> Iterator[str]:
    """The names, of some in order, that begin with a name and have a word more."""
    head = name + " "
    for at in range(bisect_left(ordered, head), len(ordered)):
        if not ordered[at].startswith(head):
            return
        yield ordered[at]


def _apart(text: str, name: str) -> Iterator[int]:
    """Where a name stands that is no part of a word or of a compound."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        apart = not (_joins(text[at - 1 : at]) or _joins(text[end : end + 1]))
        if apart:
            yield at
        at = text.find(name, end if apart else at + 1)


def _joins(char: str) -> bool:
    return char.isalnum() or char in ("_", "-")


#: How a title goes on.
_TITLE = re.compile(r" (?:as|and|in|for|of|on) [A-Z]|[”\"]")


def _alone(text: str, name: str) -> bool:
    """Whether a last name stands by itself somewhere as a name: inside a sentence or acting."""
    for at in re.finditer(rf"\b{re.escape(name)}\b", text):
        before = text[max(0, at.start() - 24) : at.start()]
        if re.search(r"[A-Z][\w.’'-]*\s$", before):
            continue  # the whole name
        if before.endswith(("the ", "The ")) or re.match(r" [A-Z][a-z]", text[at.end() :]):
            continue  # the Bugle, Otter Rooms
        if re.search(r"[A-Z][\w’'-]+ (?:for|on) $", before) and _TITLE.match(text, at.end()):
            continue  # “Guidelines for Ammonia as Fuel”
        if not _INITIAL.search(before[-6:]) or _PERSONAL.match(text, at.end()):
            return True
    return False


def _acts(text: str, start: int, end: int) -> bool:
    """Whether a name does what only people do ("X and Y founded", "X, who chairs"), or signs."""
    if _FOUNDING.match(text, end):
        return True
    before = text[max(0, start - 60) : start]
    if _FOUNDED.match(text, end) and re.search(r"[A-Z]\w+ and $", before):
        return True
    return before.endswith(("'s ", "’s ")) and text[end : end + 1] in ("", "\n")
