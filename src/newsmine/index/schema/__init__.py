"""The numbered migrations: ``NNNN_name.sql``, each applied once, in one transaction."""
