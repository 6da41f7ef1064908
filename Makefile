# Everything a fresh Debian 12 machine needs besides a Swift 6.2+ toolchain is installed by these targets.

BUILD_PACKAGES := binutils gcc git libc6-dev libcrypt-dev libsqlite3-dev libstdc++-12-dev libyaml-dev libzstd-dev pkg-config \
	zlib1g-dev
# What the programs of the Swift toolchain are linked with.
TOOLCHAIN_PACKAGES := ca-certificates libcurl4 libncurses6 libsqlite3-0 libxml2 tzdata
TEST_PACKAGES := curl openssl python3-jsonschema util-linux
TOOLS := .build/tools
ALERT_TEMPLATES := /usr/share/prometheus/alertmanager
STATIC_BUILD := .build/static
# Optimised for size: an edge box has little memory, most of the gateway's is its own code, and it has time to spare.
STATIC_FLAGS := -c release --scratch-path $(STATIC_BUILD) --static-swift-stdlib -Xswiftc -Osize \
	-Xswiftc -static-executable -Xlinker -s --explicit-target-dependency-import-check error
# What the gateways of a test run have logged, for the check against the schema of a log line.
TEST_LOGS := .build/test-logs
# Debug information of dependencies is never looked at, and costs a quarter of the build time.
TEST_FLAGS := --explicit-target-dependency-import-check error -debug-info-format none
# A thousand tests at once would wait for each other until their time limits; `swift test` has no option for that.
RUN_TESTS := NO_COLOR=1 .build/debug/gatewardenPackageTests.xctest --testing-library swift-testing \
	--experimental-maximum-parallelization-width 4
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
RUN_DIR ?= .build/run
DATA_DIR ?= .build/data
LISTEN ?= 127.0.0.1:9620

# Installs those of the given Debian packages that are missing.
define install
@missing=$$(for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
if [ -n "$$missing" ]; then $(SUDO) apt-get update -q && $(SUDO) apt-get install -qy --no-install-recommends $$missing; fi
endef

# Runs the tests and repeats at the end what failed: among hundreds of lines it would be lost, or cut off.
define report
{ $(1); echo $$? >.build/test.status; } 2>&1 | tee .build/test.log; \
status=$$(cat .build/test.status); if [ $$status -ne 0 ]; then echo "Failed:"; grep -A 3 '✘' .build/test.log; fi; exit $$status
endef

export PATH := $(CURDIR)/$(TOOLS)/usr/bin:$(PATH)

.PHONY: help run test test-real check check-real static lint bench dependencies test-dependencies monitoring clean

help:
	@echo "make run     build and run the gateway with deploy/examples/demo.yaml"
	@echo "make test    install what the tests need, build, lint, run all tests"
	@echo "make test-real  the stand-ins' tests against real benthos, redpanda-connect, rpk, redpanda on PATH"
	@echo "make check   the tests alone; FILTER=ProcessState for some of them"
	@echo "make static  the static binary and the stand-ins in dist/"
	@echo "make bench   measure the static binary"
	@echo "make lint    check the formatting"

run: static
	@mkdir -p $(RUN_DIR) $(DATA_DIR)
	@for program in redpanda benthos; do \
		echo "$$program: $$(PATH="$$PATH:$(CURDIR)/dist/standins" command -v $$program)"; done
	@echo "metrics:  http://$(LISTEN)/metrics"
	@echo "status:   dist/gatewarden status --run-dir $(RUN_DIR)"
	@echo "logs:     below; of one child: dist/gatewarden logs redpanda --run-dir $(RUN_DIR)"
	@echo "stop:     Ctrl-C"
	@PATH="$$PATH:$(CURDIR)/dist/standins" exec dist/gatewarden run --config deploy/examples/demo.yaml \
		--run-dir $(RUN_DIR) --data-dir $(DATA_DIR) --listen $(LISTEN) --log-format text

test: test-dependencies monitoring static lint
	swift build --build-tests $(TEST_FLAGS)
	@rm -rf $(TEST_LOGS) && mkdir -p $(TEST_LOGS)
	@$(call report,GATEWARDEN_TEST_BINARY=$(CURDIR)/dist/gatewarden GATEWARDEN_TEST_STANDINS=$(CURDIR)/dist/standins \
		GATEWARDEN_TEST_LOGS=$(CURDIR)/$(TEST_LOGS) $(RUN_TESTS))
	@python3 Tests/Schemas/check_log_lines.py deploy/schemas/log-line.schema.json $(TEST_LOGS)

# The tests of the stand-ins, and of the workers in every situation, against the programs that they stand in for. What only
# a stand-in can be made to do is skipped by name; where there is no real program, nothing is tested, and this says so.
test-real:
	@count=0; for program in benthos redpanda-connect rpk redpanda; do \
		if path=$$(command -v $$program); then echo "$$program: $$path"; count=$$((count + 1)); fi; done; \
	if [ $$count -eq 0 ]; then echo "0 real programs found: nothing to test"; \
	else echo "$$count real programs found"; $(MAKE) --no-print-directory check-real; fi

check-real: test-dependencies
	swift build --build-tests $(TEST_FLAGS)
	@$(call report,GATEWARDEN_TEST_REAL=1 $(RUN_TESTS) --filter '^(StandinsTests|SituationTests)[.]')
	@echo "skipped, by name above: $$(grep -c 'skipped' .build/test.log)"

# One suite or test while working, with the flags of `make test`: other flags would build everything anew.
check:
	swift build --build-tests $(TEST_FLAGS)
	$(RUN_TESTS) $(if $(FILTER),--filter '$(FILTER)')

static: dependencies
	swift build $(STATIC_FLAGS) --product gatewarden
	swift build $(STATIC_FLAGS) --product standin-benthos
	swift build $(STATIC_FLAGS) --product standin-redpanda
	@mkdir -p dist/standins
	@install -m 755 $(STATIC_BUILD)/release/gatewarden dist/gatewarden
	@install -m 755 $(STATIC_BUILD)/release/standin-benthos dist/standins/benthos
	@install -m 755 $(STATIC_BUILD)/release/standin-redpanda dist/standins/redpanda
	@ls -l dist/gatewarden | awk '{ printf "dist/gatewarden: %.1f MB, static\n", $$5 / 1000000 }'

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

bench: static
	swift run -c release --package-path Benchmarks gatewarden-bench --gatewarden dist/gatewarden --peers

dependencies:
	@command -v swift >/dev/null || { echo "a Swift toolchain (6.2 or later) is needed: see https://www.swift.org/install/linux"; exit 1; }
	$(call install,$(BUILD_PACKAGES) $(TOOLCHAIN_PACKAGES))

test-dependencies: dependencies
	$(call install,$(TEST_PACKAGES))

# Unpacked instead of installed: the tests start the programs themselves, and want no services.
define unpack
@mkdir -p $(TOOLS)
$(SUDO) apt-get update -q
cd $(TOOLS) && apt-get download $(1) && dpkg-deb -x $(1)_*.deb . && rm $(1)_*.deb
endef

$(TOOLS)/usr/bin/promtool:
	$(call unpack,prometheus)

$(TOOLS)/usr/bin/prometheus-alertmanager:
	$(call unpack,prometheus-alertmanager)

# Debian's Alertmanager reads its templates from nowhere else, and does not start without them.
$(ALERT_TEMPLATES)/default.tmpl: $(TOOLS)/usr/bin/prometheus-alertmanager
	$(SUDO) install -D -m 644 -t $(ALERT_TEMPLATES) $(TOOLS)$(ALERT_TEMPLATES)/*.tmpl

monitoring: $(TOOLS)/usr/bin/promtool $(ALERT_TEMPLATES)/default.tmpl

clean:
	rm -rf .build dist Benchmarks/.build
