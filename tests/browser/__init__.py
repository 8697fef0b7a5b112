"""The notebooks in the real JupyterLab: a package, so that its browser is closed when its last test is done."""
