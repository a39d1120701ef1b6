"""Complaints on a Spark cluster (docs/bulk.md). Needs the extra `spark`."""

from ratione.bulk.spark import assess_files, assess_table, refused_in_table

__all__ = ["assess_files", "assess_table", "refused_in_table"]
