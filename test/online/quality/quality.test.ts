import { parse } from 'acorn';
import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import { startSite } from '../site.ts';
import { fullSite, PAGES } from './pages.ts';
import { browsersOf, LANGUAGES, visit } from './visits.ts';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // Ours are written as templates, whose line breaks and self-closing marks nobody sees.
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'doctype-style': 'off',
    'long-title': 'off',
    'no-inline-style': 'error',
    // Where scripts are off a list asks for itself every minute; what is typed in a form is never lost so.
    'meta-refresh': 'off',
    'require-sri': 'off',
  },
});

test('the list of pages has every page of the site', async () => {
  await using site = await startSite();
  const noPages = /^\/(assets\/.*|favicon\.ico|status)?$/;
  const routes = (await site.online.routes()).filter(({ method, path }) => method === 'GET' && !noPages.test(path));
  const listed = new Set(PAGES.map(({ path, route }) => route ?? path.split('?')[0]));
  expect(routes.map(({ path }) => path).filter((path) => !listed.has(path))).toEqual([]);
});

const EACH = (['enquiry-only', 'normal'] as const).flatMap((phase) =>
  LANGUAGES.map((language) => ({ phase, language })),
);

test.each(EACH)('every page is valid HTML in $language, in a day that is $phase', async ({ phase, language }) => {
  await using site = await fullSite(phase);
  const browsers = await browsersOf(site, language);
  const found: string[] = [];
  for (const each of PAGES) {
    const page = await visit(browsers, each);
    expect([each.path, page.status]).not.toEqual([each.path, 500]);
    const report = await validator.validateString(page.body);
    for (const { messages } of report.results) {
      found.push(
        ...messages.map(({ ruleId, message, line }) => `${each.who} ${each.path}:${line} ${ruleId}: ${message}`),
      );
    }
  }
  expect(found).toEqual([]);
});

// ECMAScript 2018 is what Chrome 68 has, of July 2018.
test('the scripts parse as Chrome 68 reads them', async () => {
  await using site = await startSite();
  const scripts = (await site.online.routes()).filter(({ path }) => path.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(1);
  for (const { path } of scripts) {
    const { body } = await site.browser().get(path);
    expect(() => parse(body, { ecmaVersion: 2018 })).not.toThrow();
    expect([path, newNames(body)]).toEqual([path, []]);
  }
  expect(() => parse('a?.b', { ecmaVersion: 2018 })).toThrow();
  expect(newNames('[].flat(); globalThis.x; Object.fromEntries([])')).toEqual([
    'globalThis',
    '.flat(',
    'Object.fromEntries',
  ]);
});

/** Names that came after Chrome 68. */
function newNames(script: string): string[] {
  const names = [
    'globalThis',
    '.flat(',
    '.flatMap(',
    'Object.fromEntries',
    '.matchAll(',
    '.replaceAll(',
    '.at(',
    'queueMicrotask',
    'allSettled',
    '.replaceChildren(',
    'structuredClone',
    'requestSubmit',
    'ResizeObserver(',
    'IntersectionObserverV2',
  ];
  return names.filter((name) => script.includes(name));
}

test('the style sheet has nothing that came after Chrome 68', async () => {
  await using site = await startSite();
  const { body } = await site.browser().get('/assets/style.css');
  expect(newStyle(body)).toEqual([]);
  expect(newStyle('a:focus-visible { inset: 0 } .x { display: flex; gap: 4px; width: clamp(1px, 2vw, 3px) }')).toEqual([
    ':focus-visible',
    'gap:',
    'inset:',
    'clamp(',
  ]);
});

/** Selectors, properties and functions that Chrome 68 does not know. */
function newStyle(css: string): string[] {
  const found = [
    ':focus-visible',
    ':is(',
    ':where(',
    ':has(',
    '@layer',
    '@container',
    'aspect-ratio:',
    'gap:',
    'inset:',
    'clamp(',
    ' min(',
    ' max(',
    'backdrop-filter',
    'accent-color',
    'color-scheme',
    'overflow: clip',
    'margin-inline:',
    'padding-inline:',
    'place-items',
    'text-wrap',
    'prefers-color-scheme',
    '100dvh',
    'revert',
  ];
  return found.filter((each) => css.includes(each));
}
