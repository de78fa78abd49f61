"""`python -m pipeline` is the command `prongsai`."""

from pipeline.program import program

if __name__ == "__main__":
    program()
