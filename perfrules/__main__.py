"""`python -m perfrules` is the command line."""

from perfrules.cli.main import run

if __name__ == "__main__":
    run()
