import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cHeader } from '../../../src/cli/print-c.ts';
import { openDictionary } from '../../../src/oapi/dictionary/dictionary.ts';
import type { DictionaryFile } from '../../../src/oapi/dictionary/dictionary-file.ts';
import { SHIPPED_DICTIONARIES, shippedDictionary } from '../../../src/dictionaries.ts';
import { clientPath } from '../../support/real-clients.ts';

// `facts/`: struct, bytes and message type as oapi-facts.md's Appendix A states them, copied from there and not from the
// dictionaries. For click, what is published of 2001 and 2002.
test.each(SHIPPED_DICTIONARIES)(
  'every struct of %s has the published size and carries the published message',
  (name) => {
    const { structs, messages } = openDictionary(shippedDictionary(name));
    const facts = readFileSync(new URL(`facts/${name}.txt`, import.meta.url), 'utf8')
      .trim()
      .split('\n');
    expect(facts.length).toBeGreaterThan(15);
    const ours = facts.map((line) => {
      const [struct = '', , type] = line.split(' ');
      const size = structs.get(struct)?.size;
      return `${struct} ${size}${type === undefined || messages.get(type)?.struct.name !== struct ? '' : ` ${type}`}`;
    });
    expect(ours).toEqual(facts);
  },
);

/** C declarations of the notation, read here by the test's own rules. */
function declarations({ structs }: DictionaryFile): string {
  const scalars: Record<string, string> = { TYPE: 'struct message_type', qw: 'uint64_t' };
  const typeOf = (type: string): readonly [string, string] => {
    const [, base = '', arrays = ''] = /^([^[]+)(.*)$/.exec(type) ?? [];
    const bytes = /^(?:c|fill)(\d+)$/.exec(base)?.[1];
    if (bytes !== undefined) return ['char', `${arrays}[${bytes}]`];
    const integer = /^([ui])(\d+)$/.exec(base);
    if (integer) return [`${integer[1] === 'u' ? 'u' : ''}int${integer[2]}_t`, arrays];
    return [base.startsWith('<') ? `struct ${base.slice(1, -1)}` : (scalars[base] ?? base), arrays];
  };
  return [
    '#include <stddef.h>\n#include <stdint.h>\n#include <stdio.h>\n#pragma pack(push, 1)',
    'struct message_type { char first, second; uint16_t number; };',
    ...structs.map(({ name, members }) => {
      const fields = members.map((member) => {
        const [field = '', type = ''] = member.split(' ');
        const [declared, arrays] = typeOf(type);
        return `  ${declared} ${field}${arrays};`;
      });
      return `struct ${name} {\n${fields.join('\n')}\n};`;
    }),
    '#pragma pack(pop)',
  ].join('\n');
}

test.each(SHIPPED_DICTIONARIES)('a C compiler gives every struct of %s the same size and offsets', (name) => {
  const file = shippedDictionary(name);
  const layouts = [...openDictionary(file).structs.values()];
  const prints = layouts.flatMap((struct) => [
    `printf("${struct.name} %zu\\n", sizeof(struct ${struct.name}));`,
    ...struct.members.map(
      (member) => `printf("${struct.name}.${member.name} %zu\\n", offsetof(struct ${struct.name}, ${member.name}));`,
    ),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-layout-'));
  try {
    writeFileSync(
      join(folder, 'main.c'),
      `${declarations(file)}\nint main(void) {\n${prints.join('\n')}\nreturn 0;\n}\n`,
    );
    execFileSync(clientPath('gcc'), ['-O0', '-Werror', '-o', join(folder, 'main'), join(folder, 'main.c')], {
      stdio: 'pipe',
    });
    const compiled = execFileSync(join(folder, 'main'), { encoding: 'utf8' }).trim().split('\n');
    const ours = layouts.flatMap((struct) => [
      `${struct.name} ${struct.size}`,
      ...struct.members.map((member) => `${struct.name}.${member.name} ${member.offset}`),
    ]);
    expect(ours).toEqual(compiled);
    expect(ours.length).toBeGreaterThan(1_000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each(SHIPPED_DICTIONARIES)('the C header of %s compiles, and its structs have their sizes', (name) => {
  const dictionary = openDictionary(shippedDictionary(name));
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-header-'));
  try {
    const structs = [...dictionary.structs.values()];
    const prints = structs.map((struct) => `printf("%zu\\n", sizeof(struct ${struct.name}));`);
    const whole = `${cHeader(dictionary, [])}\n#include <stdio.h>\nint main(void) { ${prints.join(' ')} return 0; }\n`;
    writeFileSync(join(folder, 'whole.c'), whole);
    execFileSync(clientPath('gcc'), [
      '-std=c11',
      '-Wall',
      '-Werror',
      '-o',
      join(folder, 'whole'),
      join(folder, 'whole.c'),
    ]);
    const sizes = execFileSync(join(folder, 'whole'), { encoding: 'utf8' }).trim().split('\n').map(Number);
    expect(sizes).toEqual(structs.map(({ size }) => size));
    const one = dictionary.messages.get('CQ3')?.struct;
    expect(cHeader(dictionary, one ? [one] : []).match(/^struct \w+ \{$/gm)).toHaveLength(4);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

// ISE02's widths: accounts of 20 bytes, quantities of 32 bits. What both generations have in the same order differs in
// nothing else.
test('the older generation has the same fields where it is derived, in 20-byte accounts and 32-bit quantities', () => {
  const genium = openDictionary(shippedDictionary('genium'));
  const click = openDictionary(shippedDictionary('click'));
  expect([genium.structs.get('account')?.size, click.structs.get('account')?.size]).toEqual([24, 20]);
  const derived = [...click.structs.values()].filter(({ source }) => source.startsWith('derived'));
  expect(derived.length).toBeGreaterThan(80);
  const names = (members: readonly { readonly name: string }[] = []): string[] =>
    members.map(({ name }) => name).filter((name) => !name.startsWith('filler'));
  for (const struct of derived) {
    expect([struct.name, names(struct.members)]).toEqual([
      struct.name,
      names(genium.structs.get(struct.name)?.members),
    ]);
  }
  const wide = derived.flatMap(({ name, members }) =>
    members
      .filter(
        ({ name: field, element }) =>
          element.kind === 'scalar' && element.scalar === 'i64' && /quantity|qty|nbr_/.test(field),
      )
      .map(({ name: field }) => `${name}.${field}`),
  );
  expect(wide).toEqual([]);
});
