"""What `import foedera as fo` offers, and what it costs."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import foedera as fo

SOURCE = Path(fo.__file__).parent


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter has after the code."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    return set(done.stdout.split())


def test_the_public_names_are_sorted_and_each_once():
    assert list(fo.__all__) == sorted(set(fo.__all__))


@pytest.mark.parametrize("name", fo.__all__)
def test_every_public_name_can_be_imported(name):
    assert getattr(fo, name) is not None


def test_the_public_names_are_those_the_type_checker_sees():
    """`__getattr__` is lazy, so the names for the type checker are written a second time."""
    tree = ast.parse((SOURCE / "__init__.py").read_text("utf-8"))
    seen = {"__version__"}
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            seen |= {
                name.asname or name.name
                for part in node.body
                if isinstance(part, ast.ImportFrom)
                for name in part.names
            }
    assert seen == set(fo.__all__)


def test_the_public_names_of_the_design_page_are_there():
    """Section 8; `panel` and `World` come with their rooms."""
    assert {"library", "assess", "assess_attack"} <= set(fo.__all__)
    if (SOURCE / "panel").is_dir():
        assert "panel" in fo.__all__


@pytest.mark.parametrize(
    "first", ["foedera.library()", "foedera.assess('niger-2023', on='2023-09-16')", "import foedera.library"]
)
def test_a_public_name_stays_itself_whatever_was_used_before(first):
    """The room `library` and the function `library` share a name: importing the room must not hide the function."""
    assert "foedera" in loaded_by(f"import foedera\n{first}\nassert 'niger-2023' in foedera.library().crises")


def test_a_name_that_does_not_exist_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_name"):
        fo.no_such_name  # noqa: B018


def test_importing_foedera_imports_neither_yaml_nor_click():
    loaded = loaded_by("import foedera")
    assert "foedera" in loaded
    assert not loaded & {"yaml", "click", "rich", "polars", "foedera.answers", "foedera.library", "foedera.engine"}


def test_the_check_of_loaded_modules_can_fail():
    assert {"yaml", "click"} <= loaded_by(
        "import foedera.cli.talk\nimport foedera.language.nodes as n\nn.parse(b'a: b', 'x')"
    )


def test_asking_in_python_does_not_load_the_command_line():
    assert "click" not in loaded_by("import foedera\nfoedera.assess('niger-2023', on='2023-09-16')")


def test_assessing_on_the_command_line_does_not_load_polars_or_numpy():
    code = "import sys\nsys.argv = ['foedera', 'assess', 'niger-2023', '--branch', 'invasion', '--json']\n"
    code += "sys.stdout, kept = open('/dev/null', 'w'), sys.stdout\nfrom foedera.cli import main\n"
    code += "try:\n    main()\nexcept SystemExit:\n    pass\nsys.stdout = kept"
    loaded = loaded_by(code)
    assert "foedera.engine.assess" in loaded
    assert not loaded & {"polars", "numpy", "pyreadstat", "foedera.panel", "foedera.sources"}


def test_the_version_is_the_package_version():
    text = (SOURCE.parents[1] / "pyproject.toml").read_text("utf-8")
    assert f'version = "{fo.__version__}"' in text
