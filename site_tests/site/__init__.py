"""The built site as people meet it: in a browser, with a keyboard, on paper, and before the judges of the web."""
