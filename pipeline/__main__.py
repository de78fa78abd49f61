"""`python -m pipeline` is the command `prongsai`."""

from pipeline.cli import program

if __name__ == "__main__":
    program()
