import type { Answer, News } from '../oapi-client/client.ts';
import type { Fields } from '../oapi-client/fields.ts';
import type { Decoded } from '../oapi-client/message.ts';
import type { Dictionary } from '../oapi/dictionary/dictionary.ts';
import { styled, type Output } from './output.ts';

const WIDTH = 80;

/** Both codes with their words, in one line. */
export function codesText(
  { completion, meaning, status, statusMeaning, field, transactionId }: Answer,
  output: Pick<Output, 'colour'>,
): string {
  const told = `${completion} ${meaning}`;
  const parts = [
    styled(output, completion < 0 ? 'red' : 'green', told),
    ...(status === 0 ? [] : [`status ${status}${statusMeaning === undefined ? '' : ` ${statusMeaning}`}`]),
    ...(field === undefined ? [] : [`field ${field}`]),
    ...(transactionId === undefined ? [] : [`transaction ${transactionId}`]),
  ];
  return parts.join('; ');
}

/** The answer as one JSON object. */
export function answerJson(call: string, answer: Answer): string {
  const { bytes, message, ...codes } = answer;
  const rest = message ? { message } : bytes.length > 0 ? { bytes: bytes.toString('hex') } : {};
  return JSON.stringify({ call, ...codes, ...rest });
}

export function newsJson(news: News): string {
  return JSON.stringify({ event: news.eventType, handle: news.handle, lost: news.lost, message: news.message });
}

export function newsText({ eventType, lost, message }: News, dictionary: Dictionary): string {
  if (lost !== undefined) return `${lost} broadcasts were lost: ask for them by their numbers`;
  return message ? messageText(message, dictionary) : `event ${eventType}`;
}

/**
 * A message as it would be typed: `name=value`, what is 0 or blank left out, a list one item a paragraph. A number that
 * stands for a word is the word.
 */
export function messageText({ type, fields }: Decoded, dictionary: Dictionary): string {
  const lists = Object.entries(fields).filter(([, value]) => isList(value));
  const head = Object.fromEntries(Object.entries(fields).filter(([name, value]) => name !== 'type' && !isList(value)));
  const lines = wrap(type, pairs(head, dictionary));
  for (const [name, items] of lists) {
    (items as readonly Fields[]).forEach((item, i) => lines.push(...wrap(`${name}[${i}]`, pairs(item, dictionary))));
  }
  return lines.join('\n');
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'object');
}

function pairs(fields: Fields, dictionary: Dictionary, prefix = ''): readonly string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (value === 0 || value === '' || value === '0' || value === undefined) return [];
    const path = `${prefix}${name}`;
    if (Array.isArray(value)) return [`${path}=${JSON.stringify(value)}`];
    if (typeof value === 'object' && value !== null) return pairs(value as Fields, dictionary, `${path}.`);
    return [`${path}=${shown(value, dictionary.enumerations.get(dictionary.meaningOf('*', name)))}`];
  });
}

function shown(value: unknown, words: Readonly<Record<string, number>> | undefined): string {
  const word = words && Object.entries(words).find(([, number]) => number === value)?.[0];
  const text = word ?? String(value);
  return /^[^\s"'#]+$/.test(text) ? text : JSON.stringify(text);
}

// The first line begins with the name; the others stand under its values.
function wrap(name: string, parts: readonly string[]): string[] {
  const lines: string[] = [];
  let line = name;
  for (const part of parts) {
    if (line.length + 1 + part.length > WIDTH && line.trim() !== '' && line !== name) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${part}`;
  }
  return [...lines, line];
}
