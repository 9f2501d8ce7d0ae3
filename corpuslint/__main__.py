"""`python -m corpuslint`."""

from corpuslint.cli.app import main

main()
