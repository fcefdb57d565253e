"""Speed measurements. Not part of the package: `make bench` runs them from a checkout."""
