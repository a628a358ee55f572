"""A workspace: a folder with kg.toml, which says where documents, tables and output are.

[workspace]
title = "…"                   # shown on pages; [workspace.titles] gives it per language
base = "https://kg.example/"  # IRIs of the data begin with it
documents = "data/documents"  # folder of documents
tables = "data"               # folder of tables
ontology = "ontology"         # left out: the workspace's own, else the packaged one
output = "build"              # folder of results, replaced as a whole by each build
store = "oxigraph"            # on disk; or "memory"; or "sparql+http://…": see kg.remote

[extract]
engine = "rules"              # an extractor; others come by plug-ins
min_confidence = 0.0          # claims below are quarantined

[store]                       # a store elsewhere
graphs = "http://…"           # its Graph Store Protocol, where builds go
auth = "digest"               # or "basic", "bearer"
user = "…"                    # passwords and tokens stand in the environment:
password_env = "KG_PASSWORD"
token_env = "KG_TOKEN"

[expect]
"data/claims.csv" = 700       # at least so many claims, else the build fails

[[tables]]                    # other people's tables: see kg.mappings
[[story]]                     # steps that walk a newcomer through the page: see kg.story
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.errors import WorkspaceError
from kg.iri import DEFAULT_BASE, Namer
from kg.ontology import Ontology, load_ontology, packaged_ontology
from kg.story import read_story

CONFIG = "kg.toml"

#: Sections and keys that kg.toml may hold; anything else is a slip of the pen and is refused.
_KNOWN: dict[str, set[str] | None] = {
    "workspace": {"title", "titles", "base", "documents", "tables", "ontology", "output", "store"},
    "store": {"graphs", "auth", "user", "password_env", "token_env"},
    "extract": {"engine", "min_confidence"},
    "expect": None,
    "tables": None,
    "story": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """Where the graph is kept.

    Args:
        kind: "oxigraph" (a folder), "memory" (read from graph.nq when opened) or "sparql".
        query: address of a remote store's SPARQL endpoint.
        graphs: address of its Graph Store Protocol; "" takes no builds.
        auth: "basic", "digest", "bearer" or "".
        user: for basic and digest.
        secret_env: the environment variable with the password or token.
    """

    kind: str = "oxigraph"
    query: str = ""
    graphs: str = ""
    auth: str = ""
    user: str = ""
    secret_env: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Where things are and how they are read; all paths are absolute.

    Args:
        root: folder of kg.toml.
        titles: language tag → title.
        namer: makes this workspace's IRIs.
        mappings: the [[tables]] of kg.toml as they stand, for kg.mappings.
        expect: file, relative to the root → least number of claims.
        story: steps of the page's story: title and text by language, and a view.
        keeps: where the graph is kept.
    """

    root: Path
    titles: Mapping[str, str]
    namer: Namer
    documents: Path
    tables: Path
    ontology_folder: Path
    output: Path
    engine: str = "rules"
    min_confidence: Decimal = Decimal(0)
    mappings: Sequence[Mapping[str, Any]] = ()
    expect: Mapping[str, int] = field(default_factory=dict)
    story: Sequence[Mapping[str, Any]] = ()
    keeps: StoreSettings = StoreSettings()

    @property
    def graph(self) -> Path:
        """The built graph, sorted N-Quads."""
        return self.output / "graph.nq"

    @property
    def store(self) -> Path:
        """The built Oxigraph store."""
        return self.output / "store"

    @property
    def rates(self) -> Path:
        """The table of exchange rates; it need not exist."""
        return self.tables / "rates.csv"

    def load_ontology(self) -> Ontology:
        """The ontology of this workspace."""
        return load_ontology(self.ontology_folder)

    def require_build(self) -> None:
        """Raises WorkspaceError when nothing has been built yet."""
        if not self.graph.exists():
            raise WorkspaceError(f"{self.graph}: not built yet; run: kg build")

    def require_store(self) -> None:
        """Raises WorkspaceError when nothing is there to ask; a store elsewhere needs no build."""
        if self.keeps.kind != "sparql":
            self.require_build()

    def relative(self, path: Path) -> str:
        """A path below the root as it is shown and stored: with slashes, on every system."""
        return path.relative_to(self.root).as_posix()


def find_workspace(start: Path) -> Path:
    """The nearest folder with kg.toml, from `start` upwards.

    Raises:
        WorkspaceError: there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise WorkspaceError(
        f"{start}: no {CONFIG} here or above; go to a workspace, name one with -w DIR, "
        "or make one with: kg init DIR"
    )


def load_workspace(root: Path) -> Workspace:
    """Reads kg.toml.

    Args:
        root: a folder that holds kg.toml.

    Raises:
        WorkspaceError: it is missing, broken, or says something that kg does not know.
    """
    root = root.resolve()
    path = root / CONFIG
    try:
        config = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise WorkspaceError(f"{path}: no such file; make a workspace with: kg init DIR") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path}: {error}") from None
    for section, content in config.items():
        if section not in _KNOWN:
            raise WorkspaceError(f"{path}: unknown section [{section}]; known: {_list(_KNOWN)}")
        known = _KNOWN[section]
        if known is None:
            continue
        if not isinstance(content, dict):
            raise WorkspaceError(f"{path}: {section} = {content!r}: expected a section [{section}]")
        for key in content:
            if key not in known:
                raise WorkspaceError(
                    f"{path}: unknown key {key!r} in [{section}]; known: {_list(known)}"
                )
    main, extract = config.get("workspace", {}), config.get("extract", {})
    base = _text(path, main, "base", DEFAULT_BASE)
    if urlsplit(base).scheme not in {"http", "https", "urn"} or base[-1:] not in {"/", "#", ":"}:
        raise WorkspaceError(f"{path}: base = {base!r}: expected an IRI that ends in / or #")
    own = root / _text(path, main, "ontology", "ontology")
    return Workspace(
        root=root,
        titles={"en": _text(path, main, "title", root.name), **main.get("titles", {})},
        namer=Namer(base),
        documents=root / _text(path, main, "documents", "data/documents"),
        tables=root / _text(path, main, "tables", "data"),
        ontology_folder=own if (own / "kg.ttl").is_file() else packaged_ontology(),
        output=_output(path, root, _text(path, main, "output", "build")),
        engine=_text(path, extract, "engine", "rules"),
        min_confidence=_share(path, extract.get("min_confidence", 0)),
        mappings=tuple(config.get("tables", ())),
        expect=_counts(path, config.get("expect", {})),
        story=read_story(path, config.get("story", ())),
        keeps=_store(path, _text(path, main, "store", "oxigraph"), config.get("store", {})),
    )


def init_workspace(folder: Path) -> list[Path]:
    """Makes a workspace with an example document and an example table.

    Args:
        folder: a new or empty folder.

    Returns:
        The files written.

    Raises:
        WorkspaceError: the folder is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(f"{folder}: not empty; name a new or an empty folder")
    written: list[Path] = []
    _copy(files("kg") / "starter", folder, written)
    return written


def _copy(source: Traversable, target: Path, written: list[Path]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for item in sorted(source.iterdir(), key=lambda i: i.name):
        if item.is_dir():
            _copy(item, target / item.name, written)
        else:
            (target / item.name).write_bytes(item.read_bytes())
            written.append(target / item.name)


def _text(path: Path, section: Mapping[str, Any], key: str, default: str) -> str:
    value = section.get(key, default)
    if not isinstance(value, str) or not value:
        raise WorkspaceError(f"{path}: {key} = {value!r}: expected text in quotes")
    return value


def _store(path: Path, name: str, section: Mapping[str, Any]) -> StoreSettings:
    """Where the graph is kept; addresses carry no passwords, because kg.toml is shared."""
    if name in ("oxigraph", "memory"):
        if section:
            raise WorkspaceError(f'{path}: [store] belongs to store = "sparql+http://…"')
        return StoreSettings(kind=name)
    if not name.startswith("sparql+"):
        raise WorkspaceError(
            f'{path}: store = {name!r}: expected "oxigraph", "memory" or "sparql+http://…"'
        )
    query = _address(path, "store", name.removeprefix("sparql+"))
    given = {key: _text(path, section, key, "") for key in section}
    auth = given.get("auth", "")
    if auth not in ("", "basic", "digest", "bearer"):
        raise WorkspaceError(f"{path}: auth = {auth!r}: expected basic, digest or bearer")
    needed = {"": set[str](), "bearer": {"token_env"}}.get(auth, {"user", "password_env"})
    found = given.keys() - {"graphs", "auth"}
    if found != needed:
        expected = f"{_list(needed)} beside it" if needed else "auth beside it"
        said = f"auth = {auth!r}" if auth else f"{_list(found)} without auth"
        raise WorkspaceError(f"{path}: [store] {said}: expected {expected}")
    return StoreSettings(
        kind="sparql",
        query=query,
        graphs=_address(path, "graphs", given["graphs"]) if "graphs" in given else "",
        auth=auth,
        user=given.get("user", ""),
        secret_env=given.get("token_env" if auth == "bearer" else "password_env", ""),
    )


def _address(path: Path, key: str, address: str) -> str:
    try:
        parts = urlsplit(address)
        fits = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise WorkspaceError(f"{path}: {key} = {address!r}: expected an address with http")
    if parts.username is not None or parts.password is not None:
        raise WorkspaceError(
            f"{path}: {key} = …: a password in an address; name an environment variable with "
            "password_env in [store]"
        )
    return address


def _output(path: Path, root: Path, name: str) -> Path:
    """The output folder is replaced whole by a build, so it must hold nothing else."""
    output = (root / name).resolve()
    if output == root or root not in output.parents:
        raise WorkspaceError(f"{path}: output = {name!r}: expected a folder below the workspace")
    return output


def _share(path: Path, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise WorkspaceError(f"{path}: min_confidence = {value!r}: expected a number from 0 to 1")
    return Decimal(str(value))


def _counts(path: Path, section: Mapping[str, Any]) -> dict[str, int]:
    for file, least in section.items():
        if isinstance(least, bool) or not isinstance(least, int) or least < 0:
            raise WorkspaceError(f"{path}: [expect] {file!r} = {least!r}: expected a whole number")
    return dict(section)


def _list(names: Mapping[str, Any] | set[str]) -> str:
    return ", ".join(sorted(names))
