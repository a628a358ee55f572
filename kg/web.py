"""What may stand in a page: texts, addresses and file names made harmless."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from kg.iri import digest


def safe_url(url: str) -> str:
    """The address when it is http or https, else "": a source's address is hostile input.

    >>> safe_url("javascript:alert(1)"), safe_url("https://example.org/a")
    ('', 'https://example.org/a')
    """
    return url if url.lower().startswith(("https://", "http://")) else ""


def page_name(entity: str) -> str:
    """The address of an entity's page below the site, which follows from the entity's IRI.

    >>> page_name("openai"), page_name("星际之门")
    ('entity/openai.html', 'entity/%E6%98%9F%E9%99%85%E4%B9%8B%E9%97%A8.html')
    """
    return f"entity/{quote(file_name(entity), safe='-._~')}"


def file_name(entity: str) -> str:
    """The file of an entity's page: its id, with what no file may be called replaced.

    File systems allow 255 bytes: a longer name is cut and ends in a hash of the whole.

    >>> file_name("a/b")
    'a%2Fb.html'
    """
    kept = "".join(c if c.isalnum() or c in "-._~" else quote(c, safe="") for c in entity)
    kept = kept.lstrip(".") or "x"
    if len(kept.encode()) > 200:
        kept = kept.encode()[:170].decode(errors="ignore") + "-" + digest(entity)
    return kept + ".html"


def as_json(value: Any) -> str:
    """JSON that may stand in a script element or a script file, whatever its strings hold.

    "<" cannot close the element, and the two line ends that JSON allows and old JavaScript does
    not are escaped (https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements).

    >>> as_json("</script>")
    '"\\\\u003c/script>"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
