# One target a thing that people do; `make help` lists them. CI calls these and nothing else.
SWIFT ?= swift
# The Swift runtime is linked into the binary: it starts twice as fast and runs on machines without Swift.
FLAGS := -c release --static-swift-stdlib
# Swift Testing comes as a dynamic library only, so the tests are built apart.
TEST_FLAGS := -c release --scratch-path .build/tests
BINARY := .build/release/standpoint

.DEFAULT_GOAL := help
.PHONY: help setup build demo test test-interop format lint bench docs models clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## install the system packages that are missing
	@scripts/setup.sh

build: setup ## build the binary, release mode
	PKG_CONFIG_PATH=$$(scripts/static-libraries.sh) $(SWIFT) build $(FLAGS) --product standpoint

demo: build ## score a sample article with the shipped models
	$(BINARY) score Datasets/sample-article.txt --target "Halvorsen Lines" --format text

test: setup ## run every test
	scripts/check-imports.sh
	$(SWIFT) build $(TEST_FLAGS) --build-tests
	$(SWIFT) test $(TEST_FLAGS) --skip-build

test-interop: build ## run the tests that need scikit-learn, MLflow and a browser (installs them in .build)
	scripts/test-interop.sh

format: ## format the sources
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks

lint: ## check format, imports and warnings
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks
	scripts/check-imports.sh

bench: build ## run the benchmarks that need no corpora; see Benchmarks/README.md for the others
	Benchmarks/run.sh

docs: setup ## build the documentation of the library into .build/docs
	scripts/docs.sh

models: build ## rebuild the shipped models from the corpora in the folder STANDPOINT_CORPORA
	scripts/build-models.sh

clean: ## remove what was built
	rm -rf .build Benchmarks/.build
