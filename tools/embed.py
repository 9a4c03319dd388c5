#!/usr/bin/env python3
"""Puts files into the program, and turns statements.sql into C.

embed.py header  SOURCE/statements.sql OUT.h       declarations of one capability's statements
embed.py program SRC OUT.c CAPABILITY… -- FILE…    all statements, migrations and embedded files

CAPABILITY are folders under SRC in the order their migrations run. FILE is "path=file on disk"
for build products (style sheets), embedded beside what is found under the capabilities.
"""
import hashlib
import pathlib
import re
import sys

TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:ONLY\s+)?([a-z_][a-z0-9_]*)', re.I)
WRITE = re.compile(r'\b(?:INTO|UPDATE|DELETE\s+FROM)\s+([a-z_][a-z0-9_]*)', re.I)
CREATE = re.compile(r'\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z_][a-z0-9_]*)', re.I)
# Tables that no page for visitors may be kept by (DESIGN: cache). A marker in the migration says it:
UNCACHED = re.compile(r'^--\s*no topic:\s*(.+)$', re.M)


def fail(message):
    sys.exit('embed: ' + message)


def strip_comments(sql):
    return re.sub(r'--[^\n]*', '', sql)


def read_statements(path):
    """Yields (name, engine or None, kind, sql, line)."""
    name = engine = kind = None
    lines, start = [], 0
    for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
        head = re.match(r'--\s*name:\s*(\S+)\s+:(one|many|exec)\s*$', line)
        if head:
            if name:
                yield name, engine, kind, '\n'.join(lines), start
            name, kind = head.group(1), head.group(2)
            name, _, engine = name.partition('.')
            engine = engine or None
            if engine not in (None, 'sqlite', 'postgresql') or not re.fullmatch(r'[a-z][a-z0-9_]*', name):
                fail(f'{path}:{number}: bad statement name')
            lines, start = [], number
        elif line.lstrip().startswith('-- name:'):
            fail(f'{path}:{number}: want "-- name: noun_verb :one|:many|:exec"')
        elif name:
            lines.append(line)
        elif line.strip() and not line.lstrip().startswith('--'):
            fail(f'{path}:{number}: SQL before the first name')
    if name:
        yield name, engine, kind, '\n'.join(lines), start


def statements_of(path):
    """name → {kind, sql: [sqlite, postgresql], line}; a pair must be whole."""
    found = {}
    for name, engine, kind, sql, line in read_statements(path):
        sql = strip_comments(sql).strip().rstrip(';').strip()
        if not sql:
            fail(f'{path}:{line}: {name} is empty')
        entry = found.setdefault(name, {'kind': kind, 'sql': [None, None], 'line': line})
        for index, engine_name in enumerate(('sqlite', 'postgresql')):
            if engine in (None, engine_name):
                if entry['sql'][index] is not None:
                    fail(f'{path}:{line}: {name} is declared twice')
                entry['sql'][index] = sql
    for name, entry in found.items():
        if None in entry['sql']:
            fail(f'{path}:{entry["line"]}: {name} lacks the other engine')
    return found


def c_string(text):
    out = []
    for line in re.split(r'(?<=\n)', text):
        if line:
            out.append('"' + line.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n') + '"')
    return ' '.join(out) or '""'


def write(path, text):
    path = pathlib.Path(path)
    if not path.exists() or path.read_text(encoding='utf-8') != text:
        path.write_text(text, encoding='utf-8')


def header(source, out):
    found = statements_of(pathlib.Path(source))
    lines = ['/* Made by tools/embed.py from statements.sql. */', '#pragma once', '#include "platform/db/db.h"']
    lines += [f'extern const struct statement sql_{name};' for name in found]
    write(out, '\n'.join(lines) + '\n')


def program(src, out, capabilities, files):
    src = pathlib.Path(src)
    topics, uncached, migrations, statements = {}, set(), [], []
    for capability in capabilities:
        for path in sorted((src / capability / 'migrations').glob('*.sql')):
            text = path.read_text(encoding='utf-8')
            if not re.match(r'\d{4}-[a-z0-9-]+\.sql$', path.name):
                fail(f'{path}: want NNNN-name.sql')
            for names in UNCACHED.findall(text):
                uncached.update(names.replace(',', ' ').split())
            for table in CREATE.findall(strip_comments(text)):
                topics.setdefault(table, None)
            migrations.append((capability, int(path.name[:4]), path.name[:-4], text))
    bits = 0
    for table in topics:
        if table not in uncached:
            topics[table] = bits
            bits += 1
    if bits > 64:
        fail('more than 64 topics: mark tables with "-- no topic:" or widen struct statement')

    def mask(tables):
        value = 0
        for table in tables:
            if topics.get(table.lower()) is not None:
                value |= 1 << topics[table.lower()]
        return f'UINT64_C({value})'

    seen = {}
    for capability in capabilities:
        path = src / capability / 'statements.sql'
        if not path.exists():
            continue
        for name, entry in statements_of(path).items():
            if name in seen:
                fail(f'{path}: {name} stands in {seen[name]} too')
            seen[name] = path
            statements.append((name, entry))
    text = ['/* Made by tools/embed.py. */', '#include "platform/base/embedded.h"', '#include "platform/db/db.h"',
            '#include "platform/db/migration.h"']
    for number, (name, entry) in enumerate(statements):
        every = ' '.join(entry['sql'])
        text.append(f'extern const struct statement sql_{name};')
        text.append(f'const struct statement sql_{name} = {{"{name}", STATEMENT_{entry["kind"].upper()}, '
                    f'{{{c_string(entry["sql"][0])}, {c_string(entry["sql"][1])}}}, '
                    f'{mask(TABLE.findall(every))}, {mask(WRITE.findall(every))}, {number}}};')
    text.append('const struct statement *const statement_table[] = {' +
                ' '.join(f'&sql_{name},' for name, _ in statements) + ' 0};')
    text.append(f'const size_t statement_count = {len(statements)};')
    text.append('const struct migration migration_table[] = {')
    for capability, number, name, sql in migrations:
        digest = hashlib.sha256(sql.encode()).hexdigest()
        text.append(f'{{"{capability}", {number}, "{name}", "{digest}", {c_string(sql)}}},')
    text.append('{0, 0, 0, 0, 0}};')
    text.append(f'const size_t migration_count = {len(migrations)};')
    text.append('const char *const topic_names[65] = {' +
                ' '.join(f'"{table}",' for table, bit in topics.items() if bit is not None) + ' 0};')

    embedded = {}
    for capability in capabilities:
        folder = src / capability
        for pattern in ('templates/**/*.html', 'templates/**/*.txt', 'words/*.po', 'static/**/*', 'data/**/*'):
            for path in folder.glob(pattern):
                if path.is_file():
                    embedded[str(path.relative_to(src))] = path.read_bytes()
    for entry in files:
        name, _, path = entry.partition('=')
        embedded[name] = pathlib.Path(path).read_bytes()
    for number, (name, data) in enumerate(sorted(embedded.items())):
        text.append(f'static const unsigned char file_{number}[] = {{{",".join(map(str, data))}{"," if data else ""}0}};')
    text.append('const struct embedded embedded_files[] = {')
    for number, (name, data) in enumerate(sorted(embedded.items())):
        text.append(f'{{"{name}", file_{number}, {len(data)}}},')
    text.append('{0, 0, 0}};')
    text.append(f'const size_t embedded_count = {len(embedded)};')
    write(out, '\n'.join(text) + '\n')


def main(args):
    if args[:1] == ['header'] and len(args) == 3:
        header(args[1], args[2])
    elif args[:1] == ['program'] and '--' in args:
        cut = args.index('--')
        program(args[1], args[2], args[3:cut], args[cut + 1:])
    else:
        sys.exit(__doc__)


if __name__ == '__main__':
    main(sys.argv[1:])
