"""How much of the core the tests run through, branch by branch; 1 where anything is left out. Long.

The core is everything but the edges: the web, the papers, the command line and the server are run by tests in processes
of their own, which are not counted.
"""

import subprocess
import sys

EDGES = ("calc/web/*", "calc/paper/*", "calc/cli/*", "calc/__main__.py")


def main():
    """Run the whole suite and print what of the core it leaves out."""
    of_all = ["--cov=calc", "--cov-branch", "--cov-report="]
    run = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal", *of_all]
    if subprocess.run(run).returncode:
        return 1
    report = [sys.executable, "-m", "coverage", "report", "--skip-covered", "--show-missing", "--fail-under=100"]
    return subprocess.run([*report, f"--omit={','.join(EDGES)}"]).returncode


if __name__ == "__main__":
    sys.exit(main())
