"""The `kg` command. Help and version are answered without loading the command line's library."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Runs kg with the arguments of the process."""
    arguments = sys.argv[1:]
    # A shell that completes a command line calls without arguments, too.
    if arguments in ([], ["--help"], ["-h"]) and "_KG_COMPLETE" not in os.environ:
        # The text is what click would print; tests/test_cli.py fails when it is not.
        with open(os.path.join(os.path.dirname(__file__), "help.txt"), encoding="utf-8") as file:  # noqa: PTH118, PTH120, PTH123 - pathlib takes longer to import than all the rest
            sys.stdout.write(file.read())
        return
    from kg.cli import cli

    cli(prog_name="kg")


if __name__ == "__main__":
    main()
