"""What a user gets: a whole wheel, importable under both names, also beside others called `extract`."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SENTENCE = "Exports rose 5 percent to 2 billion dollars in 2023."
#: What holds wherever the wheel is: the modules are those of the wheel, the command works.
WORKS = """
import newsfacts, newsfacts.cli, newsfacts.model
assert newsfacts.__file__.startswith({site!r}), newsfacts.__file__
from newsfacts.rules.loader import default_rules_dir
assert default_rules_dir().name == "_rules", default_rules_dir()
newsfacts.cli.main(["schema", "fact"])
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages as `pip install` leaves it."""
    wheel = pytest.importorskip("hatchling.builders.wheel")
    folder = tmp_path_factory.mktemp("wheel")
    built = next(iter(wheel.WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))
    with zipfile.ZipFile(built) as packed:
        packed.extractall(folder / "site")
    Path(built).unlink()
    return folder / "site"


def python(site: Path, code: str, *, cwd: Path, before: tuple[Path, ...] = ()) -> str:
    paths = os.pathsep.join(map(str, (*before, site)))
    done = subprocess.run(
        # Without the checkout, which the environment of the tests has on its path.
        [
            sys.executable,
            "-c",
            f"import sys; sys.path[:] = [p for p in sys.path if p != {str(ROOT / 'src')!r}]\n{code}",
        ],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_is_whole(site: Path) -> None:
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {"extract.py", "newsfacts/py.typed", "newsfacts/_rules/quantities/currencies.yaml"} <= names
    assert {"newsfacts/schemas/fact.json", "newsfacts/places/data/gazetteer.sqlite"} <= names
    shipped = {name.removeprefix("newsfacts/_rules/") for name in names if "/_rules/" in name}
    assert shipped == {
        p.relative_to(ROOT / "rules").as_posix() for p in (ROOT / "rules").rglob("*") if p.is_file()
    }
    points = next(site.glob("*.dist-info/entry_points.txt")).read_text(encoding="utf-8")
    assert "newsfacts = newsfacts.cli:main" in points
    assert "[spacy_factories]\nnewsfacts = newsfacts.component" in points
    assert not [name for name in names if name.startswith(("extract/", "tests/", "src/"))]


def test_beside_a_users_own_script_called_extract(site: Path, tmp_path: Path) -> None:
    (tmp_path / "extract.py").write_text("raise SystemExit('the user's own script was run')")
    assert '"$schema"' in python(site, WORKS.format(site=str(site)), cwd=tmp_path)


def test_beside_another_package_called_extract(site: Path, tmp_path: Path) -> None:
    other = tmp_path / "site/extract"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("whose = 'another'")
    code = f"import extract; assert extract.whose == 'another'\n{WORKS.format(site=str(site))}"
    assert '"$schema"' in python(site, code, cwd=tmp_path, before=(tmp_path / "site",))


def test_extract_is_another_name_of_newsfacts(site: Path, tmp_path: Path) -> None:
    code = """
import extract, extract.model, newsfacts, newsfacts.model
assert extract is newsfacts
assert extract.model.QuantityFact is newsfacts.QuantityFact
"""
    python(site, code, cwd=tmp_path)


@pytest.mark.model
def test_the_wheel_finds_facts_and_tells_what_they_depend_on(site: Path, tmp_path: Path) -> None:
    code = f"""
import newsfacts
nlp = newsfacts.load()
print([fact.text for fact in newsfacts.facts({SENTENCE!r}, nlp=nlp)])
assert len(nlp.fingerprint["code"]) == len(nlp.fingerprint["rules"]) == 64
"""
    assert python(site, code, cwd=tmp_path) == "['5 percent', '2 billion dollars', '2023']\n"


def test_importing_newsfacts_imports_nothing_heavy(tmp_path: Path) -> None:
    code = """
import sys
import newsfacts
heavy = {"spacy", "numpy", "pandas", "msgspec", "typer", "rich", "sqlalchemy"} & set(sys.modules)
assert not heavy, heavy
ours = [name for name in sys.modules if name.startswith("newsfacts.")]
assert not ours, ours
assert set(newsfacts.__all__) <= set(dir(newsfacts))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
