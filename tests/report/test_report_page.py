from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browsing import TEXTS, facts
from newsfacts.errors import ConfigurationError, ValidationError
from newsfacts.report import read_content, render
from newsfacts.report.bundle import bundle
from newsfacts.report.content import recorded_files, sha256

BLOCK = re.compile(r'<script type="application/gzip" id="block-([\w-]+)">([A-Za-z0-9+/=]*)</script>')


@pytest.fixture
def page(output: Path) -> str:
    return render(read_content(output).with_texts(TEXTS.values()), title='Facts & "more" <now>')


def blocks(page: str) -> dict[str, bytes]:
    return {name: gzip.decompress(base64.b64decode(data)) for name, data in BLOCK.findall(page)}


def test_texts_and_facts_are_in_blocks_alone(page: str) -> None:
    found = blocks(page)
    assert json.loads(found["texts-0"]) == list(TEXTS.values())
    assert found["ids"].decode().split("\n")[0] == facts()[0].id
    assert json.loads(found["head"])["rows"] == len(facts())
    outside = BLOCK.sub("", page)
    for words in ("Larsund", "window.hacked", "Harbour grows", "broken.txt"):
        assert words not in outside


def test_title_is_escaped(page: str) -> None:
    assert "<title>Facts &amp; &quot;more&quot; &lt;now&gt;</title>" in page


def test_policy_allows_the_inlined_script_and_style_alone(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    for kind, text in (
        ("script", re.findall(r"<script>(.*?)</script>", page, re.DOTALL)),
        ("style", re.findall(r"<style>(.*?)</style>", page, re.DOTALL)),
    ):
        assert len(text) == 1
        digest = base64.b64encode(hashlib.sha256(text[0].encode()).digest()).decode()
        assert f"{kind}-src &#x27;sha256-{digest}&#x27;;" in policy[1]
    assert "default-src &#x27;none&#x27;" in policy[1]
    assert "connect-src &#x27;none&#x27;" in policy[1]


def test_nothing_is_loaded_from_elsewhere(page: str) -> None:
    outside = BLOCK.sub("", page)
    assert set(re.findall(r"https?://[^\s\"')]+", outside)) == {"http://www.w3.org/2000/svg"}
    assert re.findall(r"<(?:script|img|iframe)[^>]*\ssrc=", outside) == []
    assert "innerHTML" not in outside
    assert "style=" not in outside


def test_equal_content_gives_equal_bytes(output: Path, page: str) -> None:
    content = read_content(output).with_texts(TEXTS.values())
    assert render(content, title='Facts & "more" <now>') == page


def test_a_page_that_is_served_may_talk_to_its_server(output: Path) -> None:
    assert "connect-src &#x27;self&#x27;" in render(read_content(output), mode="review")


def test_texts_are_matched_by_content(output: Path) -> None:
    content = read_content(output)
    assert content.texts == (None, None, None)
    filled = content.with_texts([TEXTS["hostile"], TEXTS["harbour"] + "changed"])
    assert filled.texts == (None, TEXTS["hostile"], None)
    assert filled.with_texts([]).texts == filled.texts


def test_facts_without_their_documents_file_make_documents(output: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.jsonl"
    alone.write_bytes((output / "facts.jsonl").read_bytes())
    content = read_content(alone)
    assert [(each.id, each.title) for each in content.documents] == [("harbour", None), ("hostile", None)]
    assert len(content.facts) == len(facts())
    assert render(content)


def test_facts_are_in_the_order_of_documents_and_text(output: Path) -> None:
    lines = (output / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    (output / "facts.jsonl").write_text("\n".join(reversed(lines)), encoding="utf-8")
    content = read_content(output)
    assert [each.doc_id for each in content.facts] == ["harbour"] * 10 + ["hostile"] * 3
    starts = [each.start for each in content.facts if each.doc_id == "harbour"]
    assert starts == sorted(starts)


def test_recorded_files_are_those_that_are_there(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(output.parent / "articles")
    Path("harbour.txt").unlink()
    assert recorded_files(read_content(output)) == [Path("hostile.txt"), Path("empty.txt")]


def test_missing_and_malformed_outputs_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"facts\.jsonl"):
        read_content(tmp_path)
    (tmp_path / "facts.parquet").write_bytes(b"")
    with pytest.raises(ValidationError, match=r"facts\.parquet"):
        read_content(tmp_path)
    (tmp_path / "facts.jsonl").write_text("{}\n")
    with pytest.raises(ValidationError, match=r"facts\.jsonl:1"):
        read_content(tmp_path)


@given(st.text())
def test_hash_of_a_text_is_that_of_its_utf8(text: str) -> None:
    assert sha256(text) == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def test_modules_of_a_bundle_keep_their_own_names() -> None:
    script = bundle(
        [
            ("one", "const secret = 1;\nexport function get() {\n  return secret;\n}\n"),
            (
                "two",
                'import { get } from "./one.js";\nconst secret = 2;\nexport const sum = get() + secret;\n',
            ),
        ]
    )
    assert "const { get } = module_one;" in script
    assert "return { sum };" in script
    assert script.count("const secret") == 2
    assert "import" not in script
    assert "export" not in script


def run(*arguments: object) -> Any:
    from typer.testing import CliRunner

    from newsfacts.cli.app import app

    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_command_writes_the_page_and_tells_of_missing_texts(output: Path, tmp_path: Path) -> None:
    html = tmp_path / "report.html"
    done = run("report", output, "--html", html, "--texts", tmp_path / "articles", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "facts": len(facts()), "documents": 3, "bytes": html.stat().st_size,
        "without_text": 0, "html": str(html),
    }  # fmt: skip
    done = run("report", output, "--html", html)
    assert "3 documents shown without text" in done.output
    assert run("report", tmp_path / "none", "--html", html).exit_code == 4


@pytest.mark.parametrize("command", ["report", "check", "validate", "consolidate", "diff"])
def test_texts_that_are_not_there_are_wrong_usage(output: Path, tmp_path: Path, command: str) -> None:
    files = [output, output] if command == "diff" else [output]
    html = ["--html", tmp_path / "page.html"] if command == "report" else []
    done = run(command, *files, *html, "--texts", tmp_path / "nowhere")
    assert done.exit_code == 2
    assert "there is no file or folder" in " ".join(done.output.replace("│", " ").split())
    assert not (tmp_path / "page.html").exists()


def test_a_mistyped_path_makes_no_folder(output: Path, tmp_path: Path) -> None:
    done = run("report", output, "--html", tmp_path / "pagse" / "page.html")
    assert done.exit_code == 4
    assert "there is no folder" in done.output
    assert not (tmp_path / "pagse").exists()
