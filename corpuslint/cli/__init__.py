"""The command line: parse, settle, call, render, exit."""

from corpuslint.execution.garbage import collect_seldom

collect_seldom()  # before anything is imported
