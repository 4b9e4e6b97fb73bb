import { SimError } from '../sim-error.ts';

/** A line of `dcass-sim oapi`: a command, its words, fields and flags. */
export interface Line {
  readonly command: string;
  readonly words: readonly string[];
  /** `series.market=1` as `{ series: { market: '1' } }`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** `--all`, `--count 3`. */
  readonly flags: Readonly<Record<string, string | true>>;
}

const FLAGS_WITH_VALUE = new Set(['events', 'for', 'count', 'fields']);
const FLAGS_ALONE = new Set(['all', 'json', 'meanings']);

/** @throws SimError SIM_OPTION_INVALID */
export function readLine(words: readonly string[]): Line {
  const [command = '', ...rest] = words;
  const plain: string[] = [];
  const fields: Record<string, unknown> = {};
  const flags: Record<string, string | true> = {};
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? '';
    const flag = /^--([a-z-]+)(?:=(.*))?$/.exec(word);
    if (flag) {
      const [, name = '', given] = flag;
      if (FLAGS_ALONE.has(name)) flags[name] = true;
      else if (FLAGS_WITH_VALUE.has(name)) flags[name] = given ?? rest[++i] ?? wrong(`--${name} needs a value`);
      else wrong(`there is no flag ${word}; there are --${[...FLAGS_WITH_VALUE, ...FLAGS_ALONE].join(', --')}`);
      continue;
    }
    const assigned = /^([A-Za-z_][\w.[\]]*)=(.*)$/s.exec(word);
    if (assigned) setField(fields, assigned[1] ?? '', assigned[2] ?? '');
    else plain.push(word);
  }
  return { command, words: plain, fields, flags };
}

/** Words of a typed line: blanks separate, quotes keep them. @throws SimError SIM_OPTION_INVALID */
export function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (const char of text) {
    if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (char === ' ' || char === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === '#' && word === undefined) break;
    else word = (word ?? '') + char;
  }
  if (quote !== undefined) wrong(`the quote ${quote} is not closed in: ${text}`);
  if (word !== undefined) words.push(word);
  return words;
}

const ITEMS_MAX = 1_000;

/** Sets `item[0].account.account_id`. */
function setField(fields: Record<string, unknown>, path: string, value: string): void {
  const steps = path.split(/\.|(?=\[)/).map((step) => {
    const index = /^\[(\d{1,4})\]$/.exec(step);
    if (!index) return step;
    const number = Number(index[1]);
    return number < ITEMS_MAX ? number : wrong(`${path}: an index is from 0 to ${ITEMS_MAX - 1}`);
  });
  if (steps.some((step) => typeof step === 'string' && !/^\w+$/.test(step)))
    wrong(`"${path}" is no field; write series.market=1 or item[0].trade_quantity=5`);
  let at: Record<string | number, unknown> = fields;
  steps.forEach((step, i) => {
    if (i === steps.length - 1) {
      at[step] = value;
      return;
    }
    const next = at[step] ?? (typeof steps[i + 1] === 'number' ? [] : {});
    if (typeof next !== 'object') wrong(`${path}: a part of it has a value already`);
    at[step] = next;
    at = next as Record<string | number, unknown>;
  });
}

function wrong(message: string): never {
  throw new SimError('SIM_OPTION_INVALID', message);
}
