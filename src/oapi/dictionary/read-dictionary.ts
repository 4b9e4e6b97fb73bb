import type * as z from 'zod/mini';
import { SimError } from '../../sim-error.ts';
import type { DictionaryFile } from './dictionary-file.ts';

const PROBLEMS_MAX = 20;
const FOUND_CHARACTERS_MAX = 40;

/**
 * Reads any dictionary file: an import's, or one that a person wrote.
 * @param place the file's name, for messages
 * @throws SimError SIM_DICTIONARY_INVALID with everything that is wrong, up to 20 problems, each with its place
 */
export async function readDictionary(text: string, place: string): Promise<DictionaryFile> {
  const value = parsed(text, place);
  // Loaded here: a start with a shipped dictionary does not need them.
  const { dictionaryFile } = await import('./dictionary-schema.ts');
  const shape = dictionaryFile.safeParse(value, { reportInput: true });
  if (!shape.success) throw invalid(place, shape.error.issues.flatMap(shapeProblems));
  const file = shape.data as DictionaryFile;
  const { dictionaryProblems } = await import('./check-dictionary.ts');
  const problems = dictionaryProblems(file);
  if (problems.length > 0) throw invalid(place, problems);
  return file;
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalid(place, [`it is no JSON: ${(error as Error).message}`]);
  }
}

type Issue = z.core.$ZodIssue;

function shapeProblems(issue: Issue): string[] {
  const place = placeOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) => `${placeOf([...issue.path, key])}: there is no such field; docs/reference/dictionary.md`,
    );
  }
  return [`${place}: ${wordsOf(issue)}`];
}

function wordsOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.expected} is needed, and there is ${found(issue.input)}`;
    case 'invalid_value':
      return `allowed is ${issue.values.map(String).join(' or ')}, and there is ${found(issue.input)}`;
    case 'too_small':
      return `at least ${String(issue.minimum)} is needed`;
    case 'too_big':
      return `at most ${String(issue.maximum)} is allowed`;
    case 'invalid_format':
      return `allowed: ${issue.message}; there is ${found(issue.input)}`;
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'custom':
      return issue.message ?? 'not allowed';
  }
}

function found(input: unknown): string {
  if (input === undefined) return 'nothing';
  const text = JSON.stringify(input);
  return text.length <= FOUND_CHARACTERS_MAX ? text : `${text.slice(0, FOUND_CHARACTERS_MAX)}…`;
}

/** `structs[3].members[2]`. */
function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('');
}

function invalid(place: string, problems: readonly string[]): SimError {
  const shown = problems.slice(0, PROBLEMS_MAX);
  const more = problems.length - shown.length;
  const lines = [...shown, ...(more > 0 ? [`and ${more} more`] : [])];
  return new SimError('SIM_DICTIONARY_INVALID', `${place} is no dictionary:\n  ${lines.join('\n  ')}`);
}
