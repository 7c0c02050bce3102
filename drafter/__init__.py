"""drafter: outlines of official speeches, filled into Word documents set by GB/T 9704—2012.

    import drafter

    speech = drafter.new("office-training", {"日期": "下周三"})
    speech.data      # a Word file, as bytes
    speech.blanks    # what nobody has answered yet

Every command is a function with keyword arguments, and gives the Result the command line shows; a refusal is `Rejected`,
with `diagnostics`. Nothing is printed and nobody is asked. What is called for the first time is imported then; functions may
be called from several threads.
"""

import sys as _sys

__version__ = "0.9.0"

#: Every name of the API, and the module that has it, below `drafter.`: imported when it is first asked for. What types they
#: have says `__init__.pyi`.
_PLACES = {
    "new": "api.new",
    "batch": "api.batch",
    "collect": "api.collect",
    "preview": "api.preview",
    "renew": "api.renew",
    "check": "api.check",
    "extract": "api.extract",
    **dict.fromkeys(("extract_folders", "format_folders"), "api.folders"),
    "learn": "api.learn",
    "compare": "api.compare",
    "format": "api.format",
    "status": "api.status",
    "update": "api.update",
    "pull": "api.pull",
    "history": "api.history",
    "merge": "api.merge",
    "adopted": "api.adopted",
    "finish": "api.finish",
    **dict.fromkeys(("rules", "formulations", "doctor", "schema", "as_data"), "api.about"),
    "outlines": "api.outlines:",
    "File": "commands.held",
    **dict.fromkeys(("Answer", "Answers"), "api.given"),
    **dict.fromkeys(("Rejected", "Diagnostic", "Place"), "diagnostic"),
    **dict.fromkeys(("NewResult", "Written"), "commands.new"),
    "BatchResult": "commands.batch",
    "CollectResult": "commands.collect",
    "PreviewResult": "commands.preview",
    "RenewResult": "commands.renew",
    "CheckResult": "commands.check.result",
    "CheckedFile": "commands.check.checked",
    "ExtractResult": "commands.extract",
    **dict.fromkeys(("FoldersResult", "FileMade"), "commands.folders"),
    "LearnResult": "commands.learn",
    "CompareResult": "commands.compare",
    "FormatResult": "commands.format",
    "StatusResult": "commands.status",
    "UpdateResult": "commands.update",
    **dict.fromkeys(("PullResult", "Proposal"), "commands.pull"),
    "HistoryResult": "commands.history",
    **dict.fromkeys(("MergeResult", "AdoptedResult"), "commands.merge"),
    "FinishResult": "commands.finish",
    "RulesResult": "commands.rules",
    "FormulationsResult": "commands.formulations",
    "DoctorResult": "commands.doctor",
    **dict.fromkeys(("OutlinesResult", "PassagesResult", "ShowResult", "OutlinesCheckResult"), "commands.outlines"),
    **dict.fromkeys(("BasisResult", "ThemesResult"), "commands.basis"),
    "SyncResult": "commands.outlines.sync",
    "PackResult": "commands.outlines.pack",
}

__all__ = ["__version__", *_PLACES]


def __getattr__(name: str) -> object:
    """A name of the API, imported now."""
    where = _PLACES.get(name)
    if where is None:
        raise AttributeError(f"module 'drafter' has no attribute {name!r}")
    from importlib import import_module

    module = import_module(f"drafter.{where.removesuffix(':')}")
    found = module if where.endswith(":") else getattr(module, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})


class _Drafter(type(_sys)):
    """This module: the room `drafter.check`, whenever it is imported, does not hide the function of that name."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _PLACES and isinstance(value, type(_sys)) and value.__name__ == f"drafter.{name}"):
            super().__setattr__(name, value)


_sys.modules[__name__].__class__ = _Drafter
