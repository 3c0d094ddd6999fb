"""Alembic's entry: runs on the connection handed over, inside the transaction that is already open on it."""

from alembic import context

import cef_desk.model  # noqa: F401  fills the metadata
from cef_desk.model.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
