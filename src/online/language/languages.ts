import type { FastifyReply, FastifyRequest } from 'fastify';
import { queryField } from '../context.ts';
import { ENGLISH, type Said, type Texts } from './english.ts';
import { TRADITIONAL_CHINESE } from './traditional-chinese.ts';

export interface Language {
  /** What the cookie and the form of the switch say. */
  readonly name: string;
  /** BCP 47, for `<html lang>`. */
  readonly tag: string;
  /** In its own words, as the switch offers it. */
  readonly ownName: string;
  readonly texts: Texts;
}

const english: Language = { name: 'en', tag: 'en', ownName: 'English', texts: ENGLISH };

export const LANGUAGES: readonly Language[] = [
  english,
  { name: 'zh-Hant', tag: 'zh-Hant-HK', ownName: '中文', texts: TRADITIONAL_CHINESE },
];

export function languageNamed(name: string | undefined): Language | undefined {
  return LANGUAGES.find((each) => each.name === name);
}

// One for all gateways of a browser: it opens nothing. A browser keeps it until it is closed, like the session.
const COOKIE_NAME = '__Host-dcass-online-language';

export function keepLanguage(reply: FastifyReply, { name }: Language): void {
  reply.setCookie(COOKIE_NAME, name, { path: '/', secure: true, httpOnly: true, sameSite: 'strict' });
}

/**
 * The language that the visitor chose, else English. `Accept-Language` is not looked at: the same clicks give the same
 * bytes on every machine, however its browser is set. What a program reads is always English.
 */
export function languageOf(request: FastifyRequest): Language {
  if (isForPrograms(request)) return english;
  // A request that could not be read has no cookies.
  const cookies = request.cookies as FastifyRequest['cookies'] | null | undefined;
  return languageNamed(cookies?.[COOKIE_NAME]) ?? english;
}

export function textsOf(request: FastifyRequest): Texts {
  return languageOf(request).texts;
}

/** A value, and the words for it in every language: what one may type to find it. */
export function inEveryLanguage(value: string, say: Said<string>): readonly string[] {
  return [value, ...LANGUAGES.map(({ texts }) => say(texts))];
}

/** Whether the address asks for a file, or its refusal in the same format. */
export function isForPrograms(request: FastifyRequest): boolean {
  return ['csv', 'json'].includes(queryField(request, 'format') ?? '');
}
