#!/usr/bin/python3
"""Puts files into the program, and turns statements.sql into C.

embed.py header  SOURCE/statements.sql OUT.h
    declarations of one capability's statements
embed.py program [--depfile OUT.d] SRC OUT.c CAPABILITY… -- FILE…
    all statements, migrations and embedded files

CAPABILITY are folders under SRC in the order their migrations run. FILE is "path=file on disk"
for build products (style sheets), embedded beside what is found under the capabilities. OUT is
left alone when nothing changed, so that what depends on it is not built again.
"""
import hashlib
import pathlib
import re
import sys

ENGINES = ('sqlite', 'postgresql')
TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:ONLY\s+)?([a-z_][a-z0-9_]*)', re.I)
WRITE = re.compile(r'\b(?:INTO|UPDATE|DELETE\s+FROM)\s+([a-z_][a-z0-9_]*)', re.I)
CREATE = re.compile(r'\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z_][a-z0-9_]*)', re.I)
# Tables whose changes drop no kept page (DESIGN: cache). A line in the migration says it:
UNCACHED = re.compile(r'^--\s*no topic:\s*(.+)$', re.M)
# A statement that may read a large table from end to end says so and why:
SCANS = re.compile(r'^--\s*scans:\s*\S', re.M)
MOST_TOPICS = 64  # bits of a statement's masks
PATTERNS = ('templates/**/*.html', 'templates/**/*.txt', 'words/*.po', 'static/**/*', 'data/**/*')
HEADER = '''/* Made by tools/embed.py from statements.sql. */
#pragma once
#include "platform/db/db.h"
'''
PROGRAM = '''/* Made by tools/embed.py. */
#include "platform/base/embedded.h"
#include "platform/db/db.h"
#include "platform/db/migration.h"
'''
# How a byte stands in a C string: always three octal digits, so that none swallows its neighbour.
BYTES = [chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\?' else f'\\{byte:03o}'
         for byte in range(256)]
LITERAL_BYTES = 4000  # a literal this long is closed and another begun beside it


class Mistake(Exception):
    """Something in a source that its author must mend."""


# ---- reading ----

def strip_comments(sql):
    return re.sub(r'--[^\n]*', '', sql)


def read_statements(path):
    """Yields (name, engine or None, kind, sql, line)."""
    head, lines = None, []
    for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
        found = re.match(r'--\s*name:\s*([a-z][a-z0-9_]*)(?:\.(sqlite|postgresql))?'
                         r'\s+:(one|many|exec)\s*$', line)
        if found:
            if head:
                yield (*head[:3], '\n'.join(lines), head[3])
            head, lines = (*found.groups(), number), []
        elif line.lstrip().startswith('-- name:'):
            raise Mistake(f'{path}:{number}: want "-- name: noun_verb :one|:many|:exec"')
        elif head:
            lines.append(line)
        elif line.strip() and not line.lstrip().startswith('--'):
            raise Mistake(f'{path}:{number}: SQL before the first name')
    if head:
        yield (*head[:3], '\n'.join(lines), head[3])


def statements_of(path):
    """name → {kind, sql: [sqlite, postgresql], line}; a pair must be whole."""
    found = {}
    for name, engine, kind, raw, line in read_statements(path):
        sql = strip_comments(raw).strip().rstrip(';').strip()
        if not sql:
            raise Mistake(f'{path}:{line}: {name} is empty')
        entry = found.setdefault(name, {'kind': kind, 'sql': [None, None], 'line': line,
                                        'scans': False})
        entry['scans'] |= bool(SCANS.search(raw))
        if entry['kind'] != kind:
            raise Mistake(f'{path}:{line}: {name} is :{entry["kind"]} on the other engine')
        for index, engine_name in enumerate(ENGINES):
            if engine in (None, engine_name):
                if entry['sql'][index] is not None:
                    raise Mistake(f'{path}:{line}: {name} is declared twice')
                entry['sql'][index] = sql
    for name, entry in found.items():
        if None in entry['sql']:
            raise Mistake(f'{path}:{entry["line"]}: {name} lacks the other engine')
    return found


def all_statements(src, capabilities):
    """[(name, entry)] of every capability; a name may stand once in the program."""
    places, statements = {}, []
    for capability in capabilities:
        path = src / capability / 'statements.sql'
        if path.exists():
            for name, entry in statements_of(path).items():
                if name in places:
                    raise Mistake(f'{path}: {name} stands in {places[name]} too')
                places[name] = path
                statements.append((name, entry))
    return statements


def all_migrations(src, capabilities):
    """[(capability, number, name, sql)] in the order they run."""
    migrations = []
    for capability in capabilities:
        for path in sorted((src / capability / 'migrations').glob('*.sql')):
            if not re.fullmatch(r'\d{4}-[a-z0-9-]+\.sql', path.name):
                raise Mistake(f'{path}: want NNNN-name.sql')
            number = int(path.name[:4])
            if migrations and migrations[-1][:2] == (capability, number):
                raise Mistake(f'{path}: number {number} is taken')
            migrations.append((capability, number, path.stem, path.read_text(encoding='utf-8')))
    return migrations


def topics_of(migrations):
    """table → its bit, in the order the tables are made; tables that are no topic are left out."""
    tables, uncached = [], set()
    for _, _, _, sql in migrations:
        for names in UNCACHED.findall(sql):
            uncached.update(names.replace(',', ' ').split())
        tables += CREATE.findall(strip_comments(sql))
    kept = [table for table in dict.fromkeys(tables) if table not in uncached]
    if len(kept) > MOST_TOPICS:
        raise Mistake(f'more than {MOST_TOPICS} topics: mark tables with "-- no topic:"')
    return {table: bit for bit, table in enumerate(kept)}


def all_files(src, capabilities, products):
    """path in the program → file on disk."""
    found = {}
    for capability in capabilities:
        for pattern in PATTERNS:
            for path in (src / capability).glob(pattern):
                if path.is_file():
                    found[str(path.relative_to(src))] = path
    for product in products:
        name, _, path = product.partition('=')
        found[name] = pathlib.Path(path)
    return dict(sorted(found.items()))


# ---- writing ----

def c_literal(data):
    """Bytes as C string literals."""
    pieces = [data[at:at + LITERAL_BYTES] for at in range(0, len(data), LITERAL_BYTES)] or [b'']
    return '\n'.join('"' + ''.join([BYTES[byte] for byte in piece]) + '"' for piece in pieces)


def c_string(text):
    return c_literal(text.encode('utf-8'))


def write_if_changed(path, text):
    path = pathlib.Path(path)
    if not path.exists() or path.read_text(encoding='utf-8') != text:
        path.write_text(text, encoding='utf-8')


def write_depfile(depfile, out, src, capabilities, files):
    """Everything read, and the folders looked into: a new file changes its folder."""
    inputs = set(files.values())
    for capability in capabilities:
        folder = src / capability
        inputs.add(folder)
        inputs.add(folder / 'statements.sql')
        for name in ('migrations', 'templates', 'words', 'static', 'data'):
            inputs.add(folder / name)
            inputs.update((folder / name).rglob('*'))
    existing = sorted(str(path).replace(' ', '\\ ') for path in inputs if path.exists())
    pathlib.Path(depfile).write_text(f'{out}: ' + ' '.join(existing) + '\n', encoding='utf-8')


def statements_text(statements, topics):
    def mask(tables):
        bits = {topics[table.lower()] for table in tables if table.lower() in topics}
        return f'UINT64_C({sum(1 << bit for bit in bits)})'

    lines = []
    for number, (name, entry) in enumerate(statements):
        both = ' '.join(entry['sql'])
        sql = ', '.join(c_string(text) for text in entry['sql'])
        lines.append(f'extern const struct statement sql_{name};')
        lines.append(f'const struct statement sql_{name} = {{"{name}", '
                     f'STATEMENT_{entry["kind"].upper()}, {{{sql}}}, '
                     f'{mask(TABLE.findall(both))}, {mask(WRITE.findall(both))}, {number}, '
                     f'{str(entry["scans"]).lower()}}};')
    lines.append('const struct statement *const statement_table[] = {')
    lines += [f'&sql_{name},' for name, _ in statements]
    lines += ['NULL};', f'const size_t statement_count = {len(statements)};']
    return lines


def migrations_text(migrations, topics):
    lines = ['const struct migration migration_table[] = {']
    for capability, number, name, sql in migrations:
        digest = hashlib.sha256(sql.encode()).hexdigest()
        lines.append(f'{{"{capability}", {number}, "{name}", "{digest}", {c_string(sql)}}},')
    lines += ['{0}};', f'const size_t migration_count = {len(migrations)};',
              f'const char *const topic_names[{MOST_TOPICS + 1}] = {{']
    lines += [f'"{table}",' for table in topics] + ['NULL};']
    return lines


def files_text(files):
    lines, rows = [], ['const struct embedded embedded_files[] = {']
    for number, (name, path) in enumerate(files.items()):
        data = path.read_bytes()
        lines.append(f'static const unsigned char file_{number}[] = {c_literal(data)};')
        rows.append(f'{{"{name}", file_{number}, {len(data)}}},')
    return lines + rows + ['{0}};', f'const size_t embedded_count = {len(files)};']


def header(source, out):
    names = statements_of(pathlib.Path(source))
    write_if_changed(out, HEADER + ''.join(
        f'extern const struct statement sql_{name};\n' for name in names))


def program(src, out, capabilities, products, depfile=None):
    src = pathlib.Path(src)
    migrations = all_migrations(src, capabilities)
    topics = topics_of(migrations)
    files = all_files(src, capabilities, products)
    lines = statements_text(all_statements(src, capabilities), topics)
    lines += migrations_text(migrations, topics) + files_text(files)
    write_if_changed(out, PROGRAM + '\n'.join(lines) + '\n')
    if depfile:
        write_depfile(depfile, out, src, capabilities, files)


def main(args):
    try:
        if args[:1] == ['header'] and len(args) == 3:
            header(args[1], args[2])
        elif args[:1] == ['program'] and '--' in args:
            depfile = None
            if args[1] == '--depfile':
                depfile, args = args[2], args[:1] + args[3:]
            cut = args.index('--')
            program(args[1], args[2], args[3:cut], args[cut + 1:], depfile)
        else:
            sys.exit(__doc__)
    except Mistake as mistake:
        sys.exit(f'embed: {mistake}')


if __name__ == '__main__':
    main(sys.argv[1:])
