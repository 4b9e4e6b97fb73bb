import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from '../../src/online/html.ts';
import { groupDigits, toCsv, type Column } from '../../src/online/table.ts';

// Goal: no text of a user becomes markup. Method: put any text in content and in an attribute, and look
// for the five characters that could end either.
test('whatever stands in a template, it ends neither its element nor its attribute', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('</script>', `" onload="x`, "'><b>", '<!--', '&lt;', '\0<', '`${x}`'),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      const markup = html`<p title="${text}">${text}</p>`.toString();
      const [, attribute = '?<', content = '?<'] = /^<p title="([^"]*)">([^<]*)<\/p>$/.exec(markup) ?? [];
      expect(attribute).toBe(content);
      expect(content.replaceAll(/&(amp|lt|gt|quot|#39|#96);/g, '')).not.toMatch(/[&<>"'`\0]/);
    }),
  );
});

test('nested templates and lists are kept, undefined and false are nothing', () => {
  expect(html`${['<', html`<b>${1}</b>`]}${undefined}${false}${0}`.toString()).toBe('&lt;<b>1</b>0');
});

// Goal: a reader of RFC 4180 gets the texts back. Method: parse what was written.
test('a CSV gives back every text, with an apostrophe before a formula', () => {
  const columns: readonly Column<string>[] = [{ name: 'a', title: 'A', kind: 'text', value: (row) => row }];
  fc.assert(
    fc.property(fc.string(), (text) => {
      const body = toCsv(columns, [text]).slice('a\r\n'.length, -'\r\n'.length);
      const read = body.startsWith('"') ? body.slice(1, -1).replaceAll('""', '"') : body;
      expect(read).toBe(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
      if (!body.startsWith('"')) expect(body).not.toMatch(/[",\r\n]/);
    }),
  );
});

test('digits are grouped by thousands before the point only', () => {
  expect(['0', '999', '1000', '1234567.8901', '-1000'].map(groupDigits)).toEqual([
    '0',
    '999',
    '1,000',
    '1,234,567.8901',
    '-1,000',
  ]);
});
