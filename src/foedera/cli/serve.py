"""`foedera serve`: the workbench in the browser."""

from __future__ import annotations

import os

import click

from foedera.cli.talk import crisis_names, library_option, open_library, users_shapes
from foedera.library import open_crisis
from foedera.problems import Problem, Refused, whole_file


@click.command("serve")
@click.argument("crisis", required=False, shell_complete=crisis_names)
@click.option("--open", "open_browser", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; loopback unless you say so."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="The port; 0 takes a free one."
)
@library_option
def command(crisis: str | None, open_browser: bool, host: str, port: int, folders: tuple[str, ...]) -> None:
    """Open the workbench: CRISIS, or all of the library. Nothing is stored, nothing is fetched from elsewhere."""
    try:
        from foedera.web.serve import serve
    except ImportError as missing:
        told = f"the workbench needs `{missing.name}`, which is not installed"
        raise Refused((Problem("Y013", whole_file("foedera serve"), told, "pip install 'foedera[web]'"),)) from None
    library = open_library(folders)
    start = f"/crisis/{open_crisis(crisis, library).id}" if crisis else "/"
    named = [*os.environ.get("FOEDERA_LIBRARY", "").split(os.pathsep), *folders]

    def ready(address: str) -> None:
        click.echo(f"{address}{start}", err=True)
        if open_browser:
            click.launch(f"{address}{start}")

    shapes = users_shapes()
    began = ([folder for folder in named if folder], [crisis] if crisis else [], str(shapes) if shapes else None)
    serve(host, port, began, ready)
