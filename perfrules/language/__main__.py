"""`python -m perfrules.language`: writes anew what follows from the declarations of the model.

That is schemas/policy.schema.json and the tables of docs/language, in the folder one stands in.
"""

from pathlib import Path

from perfrules.language.schema import schema_text
from perfrules.language.to_pages import page_of


def main() -> None:
    """Writes the schema and the tables."""
    Path("schemas/policy.schema.json").write_text(schema_text("policy"), "utf-8")
    pages = {path: path.read_text("utf-8") for path in sorted(Path("docs/language").glob("*.md"))}
    told = "".join(pages.values())
    for path, text in pages.items():
        path.write_text(page_of(text, told), "utf-8")


if __name__ == "__main__":
    main()
