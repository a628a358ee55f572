"""Which engine answers for a workspace: Oxigraph on disk or in memory, or a store elsewhere."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import WorkspaceError
from kg.query import Engine, OxigraphEngine
from kg.workspace import Workspace


def open_engine(workspace: Workspace) -> Engine:
    """The engine over a workspace's graph, as its kg.toml says.

    Raises:
        WorkspaceError: it cannot be opened.
    """
    if workspace.keeps.kind == "sparql":
        from kg.remote import RemoteEngine

        return RemoteEngine(workspace.keeps)
    if workspace.keeps.kind == "memory":
        return open_memory_engine(workspace.graph)
    return open_disk_engine(workspace.store)


def open_disk_engine(folder: Path) -> OxigraphEngine:
    """The engine over a built store on disk."""
    try:
        return OxigraphEngine(ox.Store.read_only(str(folder)))
    except OSError as error:
        raise WorkspaceError(f"{folder}: no readable store: {error}; run: kg build") from None


def open_memory_engine(graph: Path) -> OxigraphEngine:
    """An engine that holds a built N-Quads file in memory."""
    store = ox.Store()
    try:
        store.bulk_load(path=str(graph), format=ox.RdfFormat.N_QUADS)
    except OSError as error:
        raise WorkspaceError(f"{graph}: not readable: {error}; run: kg build") from None
    return OxigraphEngine(store)
