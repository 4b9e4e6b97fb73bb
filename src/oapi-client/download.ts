import type { Answer, OapiClient } from './client.ts';
import type { Fields } from './fields.ts';
import { decodeMessage } from './message.ts';

/**
 * Asks until there is no more, by the scheme that the query's layout has: segments until the one that is numbered 0, or
 * sequence numbers from the last one plus 1 until nothing comes (oapi-facts.md section 3, C). Each page is handed over as
 * it comes; a refusal ends it and is the result.
 */
export async function download(
  client: OapiClient,
  type: string,
  fields: Fields,
  onPage: (page: Answer) => void,
): Promise<Answer> {
  const { dictionary } = client;
  const layout = dictionary.messages.get(type)?.struct;
  const has = (meaning: string): string | undefined =>
    layout?.members.find(({ name }) => dictionary.meaningOf(layout.name, name) === meaning)?.name;
  const segment = has('segment_number');
  const first = has('sequence_first');
  if (segment !== undefined) return inSegments(client, type, { ...fields, [segment]: 1 }, segment, onPage);
  if (first !== undefined) return bySequence(client, type, fields, first, onPage);
  const only = await client.query(type, fields);
  if (only.completion >= 0) onPage(only);
  return only;
}

async function inSegments(
  client: OapiClient,
  type: string,
  fields: Fields,
  segment: string,
  onPage: (page: Answer) => void,
): Promise<Answer> {
  for (let next = 1; ; next++) {
    // One after the other: the next one is asked for when this one is not the last.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await client.query(type, { ...fields, [segment]: next });
    if (answer.completion < 0) return answer;
    onPage(answer);
    if ((read(answer, client)['segment_number'] ?? 0) === 0) return answer;
  }
}

async function bySequence(
  client: OapiClient,
  type: string,
  fields: Fields,
  first: string,
  onPage: (page: Answer) => void,
): Promise<Answer> {
  let next = Number(fields[first] ?? fields['sequence_first'] ?? 1);
  for (let isFirst = true; ; isFirst = false) {
    // oxlint-disable-next-line no-await-in-loop
    const answer = await client.query(type, { ...fields, [first]: next });
    if (answer.completion < 0) return answer;
    const last = lastNumber(answer, client);
    if (isFirst || last !== undefined) onPage(answer);
    if (last === undefined) return answer;
    next = last + 1;
  }
}

// By meaning: what a field is called is the dictionary's.
function read(answer: Answer, { dictionary }: OapiClient): Fields {
  return answer.bytes.length === 0 ? {} : decodeMessage(answer.bytes, dictionary, 'meaning').fields;
}

/** The sequence number of the last item of a page; undefined of an empty one. */
function lastNumber(answer: Answer, client: OapiClient): number | undefined {
  const items = read(answer, client)['item'] as readonly Fields[] | undefined;
  const value = items?.at(-1)?.['sequence_number'];
  return typeof value === 'number' ? value : undefined;
}
