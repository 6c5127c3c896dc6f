"""PyPI's deepdiff on two exports: `python3 deepdiff.py LEFT RIGHT`. The folder it is installed in stands in PYTHONPATH."""

import json
import re
import sys
import time
from pathlib import Path

# The folder of this script comes first, and this script is called like the package.
sys.path.pop(0)
from deepdiff import DeepDiff  # noqa: E402


def read(folder):
    files = {}
    for file in Path(folder).rglob("*.json"):
        data = file.read_bytes()
        encoding = "utf-16" if data[:2] == b"\xff\xfe" else "utf-8-sig"
        name = re.sub(r"v?\d+(\.\d+)+", "", str(file.relative_to(folder)))
        try:
            files[name] = json.loads(data.decode(encoding))
        except ValueError:
            pass
    return files


start = time.perf_counter()
left, right = (read(folder) for folder in sys.argv[1:])
middle = time.perf_counter()
pairs = [(left[name], right[name]) for name in left if name in right]
changed = sum(bool(DeepDiff(a, b, ignore_order=True)) for a, b in pairs)
end = time.perf_counter()
print(
    f"PyPI's deepdiff with ignore_order: {1000 * (end - middle):.0f} ms for {len(pairs)} pairs of files alone, "
    f"{1000 * (middle - start):.0f} ms to read them; {changed} differ."
)
