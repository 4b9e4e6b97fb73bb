import type { Answer, Browser, Site } from '../site.ts';
import type { Visited, Who } from './pages.ts';

/** The languages by their names in the form of the switch. */
export const LANGUAGES = ['en', 'zh-Hant'] as const;

/** A browser of everybody for whom there are pages, logged in, in a language. */
export async function browsersOf(site: Site, language: (typeof LANGUAGES)[number]): Promise<Map<Who, Browser>> {
  const browsers = new Map<Who, Browser>();
  for (const who of ['nobody', 'BU_CABC101', 'BU_CABC102', 'BU_CABC201'] as const) {
    const browser = site.browser();
    if (language !== 'en') await browser.post('/language', { language });
    if (who !== 'nobody') await browser.login(who);
    browsers.set(who, browser);
  }
  return browsers;
}

export function visit(browsers: Map<Who, Browser>, { who, path, fields }: Visited): Promise<Answer> {
  const browser = browsers.get(who);
  if (!browser) throw new Error(`nobody is ${who}`);
  return fields ? browser.post(path, fields) : browser.get(path);
}
