"""What a command ends with; docs/commands.md lists them."""

from enum import IntEnum

__all__ = ["Exit"]


class Exit(IntEnum):
    """0 fine, 1 findings, 2 usage or files, 3 a policy does not compile, 4 policy tests failed,
    5 finished with rejected subjects, 6 verification failed, 130 interrupted."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    POLICY = 3
    TESTS = 4
    REJECTED = 5
    UNVERIFIED = 6
    INTERRUPTED = 130
