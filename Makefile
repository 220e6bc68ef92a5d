# make run: set up everything and run 着落 with a demo county on SQLite. make test: set up everything and run all tests.
V := .venv
PY := $(V)/bin/python
PIP := $(PY) -m pip install -q --disable-pip-version-check --require-hashes
export PYTHONPATH := src
.PHONY: run test check unit unit-pg stories bench lock messages clean system

run: $(V)/.ok
	@$(PY) -m zhuoluo run --demo

$(V)/.ok: requirements.lock
	@echo "Setting up Python packages (about a minute the first time) …"
	@python3 -m venv $(V)
	@$(PIP) -r requirements.lock
	@touch $@

$(V)/.dev: requirements-dev.lock $(V)/.ok
	@echo "Setting up test packages …"
	@$(PIP) -r requirements-dev.lock
	@touch $@
