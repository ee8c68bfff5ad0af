# Two commands do everything: `make run` installs and serves, `make test` installs what tests need and runs them.
# Others: `make quick` runs what tells most in under a minute, `make bench` measures, `make check-long` runs the long checks,
# `make mutants` one of them (all that there are, for two hours, by `make mutants OF=`), `make pictures` draws those
# of the README, `make lock` writes the lock files again.
PYTHON ?= python3
# Versions that `make bench` measures beside this one: before speed was worked on, and before reading and writing were.
BEFORE ?= 2a4b0f5 1316834~1
BIN := .venv/bin

.PHONY: run test quick bench pictures lock check-long mutants

run: .venv/installed
	$(BIN)/triturate serve

# Byte code is kept even where a setting says not to: fifty tests start the program, which else is compiled each time.
test: .venv/installed-test .venv/installed-system
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n auto --dist worksteal

# What tells most while one works: the arithmetic by hand and by proof, the case books, the laws, a few orders before the
# second engine. It needs neither browser nor OCR nor nginx; it stands beside `make test` and takes nothing from it.
QUICK := calc/arithmetic calc/rules tests/arithmetic tests/casebook/test_casebook.py tests/liquid/test_casebook.py \
  tests/capsule/test_worked_case.py tests/test_house.py tests/laws
quick: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.tools.compare_engines 100 7
	$(BIN)/python -m pytest -n auto --dist worksteal --hypothesis-profile=quick $(QUICK)

# What takes too long for every run; each prints its figures. `docs/evidence.md` says what they were.
check-long: .venv/installed-test .venv/installed-system
	$(BIN)/python -m tests.tools.compare_engines 20000 7
	$(BIN)/python -m tests.tools.catch_rate
	$(BIN)/python -m tests.tools.catch_rate_others
	$(BIN)/python -m tests.tools.catch_rate_published
	$(BIN)/python -m tests.tools.catch_rate_names
	$(BIN)/python -m tests.tools.slowest 120 7
	$(BIN)/python -m tests.tools.noise 100000 7
	$(BIN)/python -m tests.tools.beside_the_worst 20 20
	$(BIN)/python -m tests.tools.mutation
	$(BIN)/python -m pytest tests/laws/test_reading.py --hypothesis-profile=long -n auto --dist worksteal
	$(BIN)/python -m tests.tools.record_walks 20000 7
	$(BIN)/python -m tests.tools.compare_record 10000 7
	$(BIN)/python -m tests.tools.record_wrong_rules 400 7
	$(BIN)/python -m tests.tools.record_slips 1200 7
	$(BIN)/python -m tests.tools.coverage_of_core
	$(BIN)/python -m tests.tools.record_tamper 100
	$(BIN)/python -m tests.tools.record_kills 200
	$(BIN)/python -m tests.tools.record_kills 200 whole
	$(BIN)/python -m tests.tools.record_figures
	$(BIN)/python -m tests.tools.record_size 100000
	$(BIN)/python -m tests.tools.record_sign_in
	$(BIN)/python -m tests.tools.record_blind 200 7
	$(BIN)/python -m tests.tools.versions
	$(MAKE) mutants

# So many of mutmut's mutants, drawn by the seed that stands behind the number: what the types and tests notice of them.
OF ?= 1000 7
mutants: .venv/installed-test
	$(BIN)/python -m tests.tools.mutants $(OF)

bench: .venv/installed-test
	$(BIN)/python -m tests.tools.benchmarks
	$(BIN)/python -m tests.tools.instructions
	$(BIN)/python -m tests.tools.against $(BEFORE)

# After a change of the page or the sheet: the README shows both.
pictures: .venv/installed-test .venv/installed-system
	$(BIN)/python -m tests.tools.readme_pictures

.venv/bin/python:
	$(PYTHON) -m venv .venv

# The lock files name every package there is, so pip resolves nothing (`--no-deps`): old ones, such as Debian's, would ask
# the registry for an extra's newest release and find no hash for it. `pip check` then says whether all fit together.
.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/installed-test: requirements-test.lock .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-test.lock
	$(BIN)/python -m pip check --disable-pip-version-check
	touch $@

# Tests read the papers as a person does, by optical character recognition, and the pages in a browser. Debian has both;
# root or sudo installs them. nginx is only unpacked: installed, it would begin to serve; strace counts syncs.
.venv/installed-system: Makefile | .venv/bin/python
	command -v tesseract >/dev/null && test -x /usr/bin/chromium || { \
	  if [ "$$(id -u)" -eq 0 ]; then SUDO=; else SUDO=sudo; fi; \
	  $$SUDO apt-get -qq update && \
	  $$SUDO apt-get -qq install -y --no-install-recommends tesseract-ocr chromium >/dev/null; }
	command -v nginx >/dev/null || test -x /usr/sbin/nginx || test -x .venv/nginx/usr/sbin/nginx || { \
	  if [ "$$(id -u)" -eq 0 ]; then SUDO=; else SUDO=sudo; fi; \
	  mkdir -p .venv/nginx && cd .venv/nginx && \
	  { apt-get -qq download nginx 2>/dev/null || { $$SUDO apt-get -qq update && apt-get -qq download nginx; }; } && \
	  for package in nginx_*.deb; do dpkg-deb -x "$$package" .; done; }
	command -v strace >/dev/null || test -x .venv/strace/usr/bin/strace || { \
	  if [ "$$(id -u)" -eq 0 ]; then SUDO=; else SUDO=sudo; fi; \
	  mkdir -p .venv/strace && cd .venv/strace && \
	  { apt-get -qq download strace 2>/dev/null || { $$SUDO apt-get -qq update && apt-get -qq download strace; }; } && \
	  for package in strace_*.deb; do dpkg-deb -x "$$package" .; done; } || :
	tesseract --version >/dev/null
	/usr/bin/chromium --version >/dev/null
	touch $@

lock:
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 --extra build --extra record pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 --extra build --extra record --extra test -c requirements.lock pyproject.toml -o requirements-test.lock
