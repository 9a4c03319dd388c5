# The front doors. Everything is built by meson and ninja; here are only the words to say it with.
#
#   make          builds build/radslag
#   make run      installs what is missing, builds, serves the demonstration on http://127.0.0.1:8080
#   make demo-real puts three real elections beside the demonstration, in the same data file
#   make check    installs what the tests need, runs all of them, ends with a line of counts
#   make bench    measures side by side and writes bench/RESULTS.md
#   make format   writes the C sources as .clang-format says
#   make lint     the slower checkers: clang's analyzer, cppcheck
#
# make run ARGUMENTS='--listen 127.0.0.1:9000' hands more to `radslag serve`.

DATA = data
ARGUMENTS =

# Real elections in Pabulib's format, and the three that are shown.
REAL = ../shared/data/pabulib
REAL_FILES = Poland_Warszawa_2026.pb Netherlands_Amsterdam_252.pb France_Toulouse_2022.pb

.PHONY: all run demo-real check bench format lint clean

all:
	@tools/setup run
	@ninja -C build

run:
	@tools/setup run
	@ninja -C build --quiet
	@mkdir -p $(DATA)
	@exec build/radslag serve --demo --database sqlite:$(DATA)/radslag.db --keys $(DATA)/keys $(ARGUMENTS)

demo-real:
	@test -d $(REAL) || { echo "demo-real: the folder with real elections, $(REAL), is not here"; exit 1; }
	@tools/setup run
	@ninja -C build --quiet
	@mkdir -p $(DATA)
	@for file in $(REAL_FILES); do \
		build/radslag import pabulib $(REAL)/$$file --demo --tenant ljungsjo.localhost \
			--database sqlite:$(DATA)/radslag.db --keys $(DATA)/keys || test $$? = 2 || exit 1; \
	done

check:
	@tools/setup check
	@tools/check

bench:
	@tools/setup bench
	@ninja -C build --quiet
	@bench/run

format:
	@git ls-files '*.[ch]' | xargs clang-format -i

lint:
	@tools/setup check
	@tools/check lint

clean:
	rm -rf build build-check build-clang build-analyzer
