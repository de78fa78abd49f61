"""`python -m pipeline` is the command `prongsai`."""

from pipeline.cli import main

main(prog_name="prongsai")
