"""What the workflow imports each time it starts loads no library of numbers: a look at nothing new is to be quick."""

import ast
import re
import subprocess
import sys

HEAVY = {"numpy", "pandas", "scipy", "xarray", "matplotlib", "h5py"}
#: As it stands in a Snakefile or a file of rules, not indented: what is imported inside a function waits.
IMPORT = re.compile(r"^(?:from|import) .*$", re.MULTILINE)


def test_the_workflow_starts_without_the_libraries_of_numbers(repo):
    files = [repo / "workflow" / "Snakefile", *sorted((repo / "workflow" / "rules").glob("*.smk"))]
    lines = [line for path in files for line in IMPORT.findall(path.read_text(encoding="utf-8"))]
    assert len(lines) > 20 and all(ast.parse(line) for line in lines)
    program = "\n".join([*lines, "import sys", "print(*sys.modules)"])
    loaded = subprocess.run([sys.executable, "-c", program], cwd=repo, capture_output=True, text=True, check=True)
    assert "mrio.study.remembered" in loaded.stdout.split()
    assert HEAVY & set(loaded.stdout.split()) == set()
