"""The workbench: a crisis in the browser, on this machine, with nothing stored and nothing fetched from elsewhere."""
