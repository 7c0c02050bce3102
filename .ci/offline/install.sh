#!/bin/sh
# Finds a Python that fits; the rest is install.py.
here=$(cd "$(dirname "$0")" && pwd)
for python in python3.13 python3.12 python3.11 python3; do
  if "$python" -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
    exec "$python" "$here/install.py"
  fi
done
echo "这台电脑上没有 Python 3.11、3.12 或者 3.13，没有装。不想装 Python，就用解压即用的那一份（见“need-python.txt”）。" >&2
exit 1
