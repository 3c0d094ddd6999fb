"""Alembic's entry: runs on the connection handed over, inside the transaction that is already open on it."""

from alembic import context

import cef_desk.model  # noqa: F401  fills the metadata
from cef_desk.model.base import Base


def _is_mapped(name: str | None, kind: str, _parents: object) -> bool:
    """The indexes of words are tables that no class maps."""
    return kind != "table" or not (name or "").startswith("search_")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=_is_mapped,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
