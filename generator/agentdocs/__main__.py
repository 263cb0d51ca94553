"""`python -m agentdocs`: the command, where its script is not on the path."""

from agentdocs.cli import main

main()
