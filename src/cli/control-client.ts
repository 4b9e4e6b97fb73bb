import { SimError } from '../sim-error.ts';

/** Where a running simulator's control API is, and its token. */
export interface ControlAddress {
  readonly url: string;
  readonly token: string;
}

/** Calls a running simulator. @throws SimError SIM_CONTROL_REFUSED with the API's own words, SIM_NOT_RUNNING */
export async function callControl(
  control: ControlAddress,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await request(control, method, path, body);
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  if (response.ok) return answer;
  const { detail, title } = (answer ?? {}) as { detail?: string; title?: string };
  throw new SimError('SIM_CONTROL_REFUSED', detail ?? title ?? `the control API answered ${response.status}`);
}

/** The journal's live entries, as JSON texts, until the simulator stops. */
export async function* followJournal(control: ControlAddress, query: string): AsyncGenerator<string> {
  const response = await request(control, 'GET', `/v1/journal/stream${query}`);
  if (!response.ok || !response.body)
    throw new SimError('SIM_CONTROL_REFUSED', `the control API answered ${response.status}`);
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    rest += decoder.decode(chunk as Uint8Array, { stream: true });
    const events = rest.split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = event.split('\n').find((line) => line.startsWith('data: '));
      if (data) yield data.slice('data: '.length);
    }
  }
}

async function request(control: ControlAddress, method: string, path: string, body?: object): Promise<Response> {
  try {
    return await fetch(control.url + path, {
      method,
      headers: { authorization: `Bearer ${control.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch (error) {
    throw new SimError('SIM_NOT_RUNNING', `no simulator answers at ${control.url}; start one with "dcass-sim up"`, {
      cause: error,
    });
  }
}
