"""Look for inputs a target cannot take, guided by what they reach.

    cd tests; python -m fuzz outlines [--minutes 60] [--found FOLDER] [-- options of libFuzzer]

Needs atheris (`pip install atheris`), which is no dependency of the tests. New inputs go to --found; what fails is written
there with its traceback, and played again by `python -m fuzz outlines -- FILE`.
"""

import argparse
import hashlib
import importlib
import os
import pkgutil
import sys
import tempfile
import traceback
from pathlib import Path

from fuzz.targets import NAMES

CORPUS = Path(__file__).parent / "corpus"


def main() -> None:
    """Run one target until the time is over or something is found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--found", type=Path, default=Path(tempfile.gettempdir()) / "drafter-fuzz")
    parser.add_argument("more", nargs="*", help="options of libFuzzer, or inputs to play again")
    options = parser.parse_args()
    import atheris

    found = options.found / options.name
    found.mkdir(parents=True, exist_ok=True)
    os.environ |= {"HOME": str(found), "XDG_CACHE_HOME": str(found / "cache"), "DRAFTER_HOME": str(found / "home")}
    with atheris.instrument_imports(include=["drafter"]):
        import drafter

        for module in pkgutil.walk_packages(drafter.__path__, "drafter."):
            if not module.name.startswith(("drafter.cli", "drafter.lsp", "drafter.__main__")):
                importlib.import_module(module.name)
        target = importlib.import_module(f"fuzz.{options.name}")
    limits = [f"-max_total_time={options.minutes * 60:.0f}", "-timeout=20", "-rss_limit_mb=4000", "-max_len=4096"]
    folders = [] if any(os.path.isfile(word) for word in options.more) else [str(found), str(CORPUS / options.name)]
    known: set[str] = set()

    def gathered(data: bytes) -> None:
        """Try one; what is raised is written down once for each place it comes from, and the search goes on."""
        try:
            target.one(data)
        except Exception as error:
            place = " < ".join(f"{Path(f.filename).name}:{f.name}" for f in traceback.extract_tb(error.__traceback__)[:-6:-1])
            sign = hashlib.sha1(f"{type(error).__name__} {place}".encode()).hexdigest()[:10]
            if sign not in known:
                known.add(sign)
                (found.parent / f"{options.name}-{sign}").write_bytes(data)
                (found.parent / f"{options.name}-{sign}.txt").write_text(traceback.format_exc(), encoding="utf-8")
            if folders == []:
                raise

    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={found.parent}/{options.name}-", *options.more, *folders], gathered)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
