import { expect, test } from 'vitest';
import { ENGLISH } from '../../../src/online/language/english.ts';
import type { Site } from '../site.ts';
import { fullSite, PAGES } from './pages.ts';
import { browsersOf, visit } from './visits.ts';

/** Names that every language writes so. */
const NAMES = ['DCASS Online', 'DCASS OAPI', 'CABC Clearing Limited', 'CABC CABC', 'OAPI'];

/** The texts of the world, which are nobody's to translate: those that the lists have in their files. */
async function dataOf(site: Site): Promise<string[]> {
  const browser = site.browser();
  await browser.login('BU_CABC101');
  const texts: string[] = [];
  for (const list of ['trades', 'give-ups', 'messages', 'rectifications', 'series']) {
    const rows = JSON.parse((await browser.get(`/${list}?format=json`)).body) as readonly Record<string, unknown>[];
    texts.push(...rows.flatMap((row) => Object.values(row)).filter((value) => typeof value === 'string'));
  }
  // What has no blank in it is no sentence; a word of it must be translated all the same.
  return [...new Set(texts)].filter((text) => text.includes(' '));
}

/** What a person sees or hears of a page, cut at every tag. */
function piecesOf(markup: string): string[] {
  const heard = [...markup.matchAll(/ (?:aria-label|placeholder|data-(?:no-answer|others|together))="([^"]*)"/g)].map(
    ([, text = '']) => text,
  );
  const seen = markup.replace(/^[\s\S]*<title>/, '').split(/<[^>]*>/);
  return [...seen, ...heard].map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => text !== '');
}

/** Runs of two or more words in Latin letters, but for names and data. Commas stand between the names of parameters, too. */
function sentencesIn(piece: string, data: readonly string[]): string[] {
  const rest = [...data, ...NAMES].reduce((text, known) => text.replaceAll(known, '·'), piece);
  return rest.match(/[A-Za-z][\w’'-]*(?:[.:;]? [A-Za-z][\w’'-]*)+/g) ?? [];
}

/** Every text of the English catalogue that has no value in it. */
function plainTexts(of: unknown): string[] {
  if (typeof of === 'string') return [of];
  return typeof of === 'object' && of !== null ? Object.values(of).flatMap(plainTexts) : [];
}

// Goal: nothing on a Chinese page is in English by oversight. Method: of all that is seen or heard of every page, no two words in Latin
// letters stand together, and no piece is a text of the English catalogue.
test.each(['enquiry-only', 'normal'] as const)(
  'no Chinese page has English on it, in a day that is %s',
  async (phase) => {
    await using site = await fullSite(phase);
    const data = await dataOf(site);
    const english = new Set(plainTexts(ENGLISH).filter((text) => !NAMES.includes(text)));
    const browsers = await browsersOf(site, 'zh-Hant');
    const found: string[] = [];
    for (const each of PAGES) {
      const { body } = await visit(browsers, each);
      expect(body).toContain('<html lang="zh-Hant-HK">');
      for (const piece of piecesOf(body)) {
        // The way back to English is in English.
        if (piece === 'English') continue;
        const left = english.has(piece) ? [piece] : sentencesIn(piece, data);
        found.push(...left.map((text) => `${each.who} ${each.path}: ${text}`));
      }
    }
    expect(found).toEqual([]);
  },
);

test('the check finds English', async () => {
  await using site = await fullSite('normal');
  const pieces = piecesOf((await site.browser().get('/login')).body);
  expect(pieces.flatMap((piece) => sentencesIn(piece, []))).toEqual(
    expect.arrayContaining(['User name', 'Log in', 'Forgotten or locked', 'No answer from this gateway']),
  );
  expect(plainTexts(ENGLISH).length).toBeGreaterThan(300);
});
