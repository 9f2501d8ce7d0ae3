"""The command line: parse, settle, call, render, exit."""
