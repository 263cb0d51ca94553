"""One catalog of a provider's facts, rendered into everything that is published.

`Project.at(folder)` names the folders of a project, and `render(project)` gives its pages and artifacts as plain
data. What publishes them is beside: MkDocs, a staged folder, a preview server, the command line.
"""
