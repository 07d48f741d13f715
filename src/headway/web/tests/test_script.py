"""Scripts joined into one."""

import pytest

from headway.web.script import joined

TEXTS = {
    "js/page.js": 'import "./one.js";\nimport { twice, most } from "./two.js";\nconst kept = twice(most);\n',
    "js/one.js": 'import { most } from "./two.js";\nexport async function ask() {\n  return most;\n}\n',
    "js/two.js": "export const most = 4;\nexport function twice(number) {\n  return 2 * number;\n}\n",
}


def test_what_is_imported_comes_first_and_once_each_in_a_scope_of_its_own() -> None:
    assert joined("js/page.js", TEXTS.__getitem__).splitlines() == [
        '"use strict";',
        "const $two = (() => {",
        "const most = 4;", "function twice(number) {", "  return 2 * number;", "}", "return { most, twice };",
        "})();",
        "const $one = (() => {",
        "const { most } = $two;", "async function ask() {", "  return most;", "}", "return { ask };",
        "})();",
        "const $page = (() => {",
        "", "const { twice, most } = $two;", "const kept = twice(most);",
        "})();",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("js/two.js", 'import "./one.js";\n', "in a circle"),
        ("js/two.js", "export default 4;\n", "export default 4;"),
        ("js/two.js", 'import all from "./one.js";\n', "import all"),
        ("js/two.js", 'import {\n  ask,\n} from "elsewhere";\n', "import {"),
    ],
)
def test_what_cannot_be_joined_is_said(name: str, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        joined("js/page.js", (TEXTS | {name: text}).__getitem__)
