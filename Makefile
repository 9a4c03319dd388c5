# The front doors. Everything is built by meson and ninja; here are only the words to say it with.
#
#   make          builds build/radslag
#   make run      installs what is missing, builds, serves the demonstration on http://127.0.0.1:8080
#   make check    installs what the tests need, runs all of them, ends with a line of counts
#   make bench    measures side by side and writes bench/RESULTS.md
#   make format   writes the C sources as .clang-format says
#   make lint     the slower checkers: clang's analyzer, cppcheck
#
# make run ARGUMENTS='--listen 127.0.0.1:9000' hands more to `radslag serve`.

DATA = data
ARGUMENTS =

.PHONY: all run check bench format lint clean

all:
	@tools/setup run
	@ninja -C build

run:
	@tools/setup run
	@ninja -C build --quiet
	@mkdir -p $(DATA)
	@exec build/radslag serve --demo --database sqlite:$(DATA)/radslag.db --keys $(DATA)/keys $(ARGUMENTS)

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
