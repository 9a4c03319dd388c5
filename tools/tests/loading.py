"""Loads the tools, which have no .py at the end, and makes trees for them to look at."""
import importlib.machinery
import importlib.util
import pathlib
import tempfile

TOOLS = pathlib.Path(__file__).resolve().parent.parent


def load(name):
    """The tool as a module."""
    loader = importlib.machinery.SourceFileLoader(name.replace('.py', ''), str(TOOLS / name))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


class Tree:
    """A temporary folder with files, for `with`."""

    def __init__(self, files):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding='utf-8')

    def __enter__(self):
        return self.root

    def __exit__(self, *_):
        self.folder.cleanup()
