"""Markup in fields of records (HTML, JATS, entities, LaTeX) to plain text, once, before offsets count."""

from __future__ import annotations

import html
import re
from typing import Final

#: Elements of HTML and JATS that stand inside a line; all other elements end one.
_INLINE: Final = frozenset(
    {
        "a", "abbr", "b", "bold", "cite", "code", "em", "ext-link", "font", "i", "inf", "inline-formula",
        "italic", "mark", "monospace", "named-content", "q", "roman", "s", "sans-serif", "sc", "small",
        "span", "strike", "strong", "styled-content", "sub", "sup", "tt", "u", "underline", "uri", "xref",
    }
)  # fmt: skip
#: Elements that end a line.
_BREAKING: Final = frozenset(
    {
        "abstract", "article", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt", "fig",
        "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "html", "label", "li",
        "list", "list-item", "main", "ol", "p", "pre", "sec", "section", "table", "tbody", "td", "th",
        "thead", "title", "tr", "trans-abstract", "ul", "break", "disp-formula",
    }
)  # fmt: skip
_TAG = re.compile(
    r"<(/?)(?:[a-z]{2,6}:)?([A-Za-z][A-Za-z0-9-]{0,20})((?:\s[^<>]{0,1000})?)/?>|<!--[^<>]{0,2000}-->"
)
_SCRIPT = re.compile(
    r"<(?:[a-z]{2,6}:)?(sup|sub|inf)(?:\s[^<>]{0,200})?>(?:<[^<>]{1,200}>)?([^<>]{0,60})(?:</[^<>]{1,40}>)?"
    r"</(?:[a-z]{2,6}:)?\1>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"<(script|style)\b[^<>]{0,1000}>[^<]{0,100000}(?:<(?!/?(?:script|style))[^<]{0,10000}){0,200}</\1>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,10}\d{0,2}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")
#: Between two dollar signs or \( \): a formula, where something that only LaTeX writes stands in it.
_FORMULA = re.compile(
    r"\$(?=[^$\n]{0,200}(?:\\[A-Za-z%,]|[\^_][{\dA-Za-z\\]))([^$\n]{1,300})\$|\\\(((?:[^\n\\]|\\[^()\n]){1,300})\\\)"
)
_POWER = re.compile(r"\^(?:\{([^{}]{1,40})\}|([\w*']))")
_INDEX = re.compile(r"_(?:\{([^{}]{1,40})\}|(\w))")
_STYLED = re.compile(
    r"\\(?:text|mathrm|mathit|mathbf|rm|it|bf|mbox|textit|textbf|operatorname|ensuremath|emph)\s?\{([^{}]{0,80})\}"
)
_COMMAND = re.compile(r"\\([A-Za-z]{1,16}|[%$&_#,;!: ])")
_SIGNS: Final = {
    "times": " × ", "cdot": " · ", "pm": " ± ", "mp": " ∓ ", "sim": "~", "approx": "≈", "leq": "≤", "le":
    "≤", "geq": "≥", "ge": "≥", "lt": "<", "gt": ">", "neq": "≠", "alpha": "α", "beta": "β", "gamma": "γ",
    "delta": "δ", "epsilon": "ε", "lambda": "λ", "mu": "µ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "phi": "φ", "chi": "χ", "omega": "ω", "Delta": "Δ", "Omega": "Ω", "circ": "°", "degree": "°", "infty":
    "∞", "to": "→", "rightarrow": "→", "ldots": "…", "dots": "…", "percnt": "%", "euro": "€", "pounds": "£",
    "%": "%", "$": "$", "&": "&", "_": "_", "#": "#", "AA": "Å", "quad": " ", ",": " ", ";": " ", " ": " ",
    "qquad": " ", "textmu": "µ",
}  # fmt: skip
_REACH = 24
#: A note's number stands behind a number that is no base of powers, a word longer than units, or a mark.
_NOTED = re.compile(r"(?<![\d.,])(?!10$)\d[\d.,]*$|[^\W\d_]{4,}$|[.,;:!?%)\]”’\"']$")
_RAISED: Final = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")


def has_markup(text: str) -> bool:
    """Whether a text carries tags of HTML or JATS, entities or formulas of LaTeX: more than a sign "<"."""
    tags = any(_known(m) for m in _TAG.finditer(text)) if "<" in text else False
    return tags or ("&" in text and any(_entity(m) for m in _ENTITY.finditer(text))) or _has_formula(text)


def plain_text(text: str) -> str:
    """The text without markup: a block is a paragraph, "10<sup>6</sup>" and "$10^{6}$" are "10⁶".

    Subscripts stand in the line; the number of a note behind a word or another number is left out.

    >>> plain_text("<jats:p>CO<sub>2</sub> fell by 10<sup>6</sup> t &amp; more.</jats:p>")
    'CO2 fell by 10⁶ t & more.'
    """
    text = _FORMULA.sub(_formula, text)
    if "<" in text:
        text = _SCRIPT.sub(_script, _HIDDEN.sub(" ", text))
        text = _TAG.sub(_tag, text)
    text = html.unescape(text) if "&" in text else text
    text = re.sub(r"[ \t]*\n[ \t\n]*\n[ \t]*", "\n\n", text)
    return re.sub(r"[ \t]{2,}", " ", text).strip()


def raised(text: str, before: str) -> str:
    """What stands raised behind `before`: digits of a power or a unit as superscripts, "" for the number of a
    note, and everything else as it is.

    >>> raised("6", "some 10"), raised("2", "40 km"), raised("1", "1,000"), raised("th", "9")
    ('⁶', '²', '', 'th')
    """
    if not re.fullmatch(r"[+\-−–]?\d{1,6}(?:[,–-]\d{1,3})*", text):
        return text
    note = _NOTED.search(before[-_REACH:]) is not None or "," in text
    return "" if note else text.translate(_RAISED)


def _known(match: re.Match[str]) -> bool:
    return match[2] is None or match[2].lower() in _INLINE or match[2].lower() in _BREAKING


def _entity(match: re.Match[str]) -> bool:
    return html.unescape(match[0]) != match[0]


def _has_formula(text: str) -> bool:
    return ("$" in text or "\\(" in text) and _FORMULA.search(text) is not None


def _tag(match: re.Match[str]) -> str:
    if not _known(match):
        return match[0]
    return "" if match[2] is None or match[2].lower() in _INLINE else "\n\n"


def _script(match: re.Match[str]) -> str:
    inside = html.unescape(match[2]).strip()
    raise_it = match[1].lower() == "sup"
    return (
        raised(inside, match.string[max(0, match.start() - _REACH) : match.start()]) if raise_it else inside
    )


def _formula(match: re.Match[str]) -> str:
    inside = match[1] if match[1] is not None else match[2]
    inside = _STYLED.sub(r"\1", _STYLED.sub(r"\1", inside))
    inside = re.sub(r"\^(?:\\circ|\{\\circ\})\s?", "°", inside)
    inside = _POWER.sub(lambda m: _lifted(m[1] or m[2]), inside)
    inside = _INDEX.sub(lambda m: (m[1] or m[2]).strip(), inside)
    inside = _COMMAND.sub(lambda m: _SIGNS.get(m[1], "" if not m[1].isalpha() else m[1]), inside)
    return inside.replace("{", "").replace("}", "").replace("~", " ").strip()


def _lifted(inside: str) -> str:
    inside = inside.strip()
    return inside.translate(_RAISED) if re.fullmatch(r"[+\-−–]?\d{1,6}", inside) else inside
