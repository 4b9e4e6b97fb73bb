import { SimError } from '../sim-error.ts';

/** Where a running simulator's control API is, and its token. */
export interface ControlAddress {
  readonly url: string;
  readonly token: string;
  /** How a request is sent; `fetch` when absent. */
  readonly send?: (url: string, init: Sent) => Promise<Received>;
  /** What an error names, when it is not the URL. */
  readonly place?: string;
}

// Types of our own for both: whoever uses the client need not have those of a browser or of Node.
export interface Received {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
  text(): Promise<string>;
}

export interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** An AbortSignal. */
  readonly signal?: object;
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
  const answer = text === '' ? undefined : readJson(text, control);
  if (response.ok) return answer;
  const { detail, title } = (answer ?? {}) as { detail?: string; title?: string };
  throw new SimError('SIM_CONTROL_REFUSED', detail ?? title ?? `the control API answered ${response.status}`);
}

/** The journal's live entries, as JSON texts, until the simulator stops. */
export async function* followJournal(control: ControlAddress, query: string): AsyncGenerator<string> {
  yield* openJournal(control, query).texts;
}

/** The same, for those who may stop waiting before the next one comes. */
export function openJournal(
  control: ControlAddress,
  query: string,
): { readonly texts: AsyncGenerator<string> } & Disposable {
  const abort = new AbortController();
  return { texts: readEvents(control, query, abort.signal), [Symbol.dispose]: () => abort.abort() };
}

async function* readEvents(control: ControlAddress, query: string, signal: AbortSignal): AsyncGenerator<string> {
  const response = await request(control, 'GET', `/v1/journal/stream${query}`, undefined, signal);
  if (!response.ok || !response.body)
    throw new SimError('SIM_CONTROL_REFUSED', `the control API answered ${response.status}`);
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    rest += decoder.decode(chunk, { stream: true });
    const events = rest.split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = event.split('\n').find((line) => line.startsWith('data: '));
      if (data) yield data.slice('data: '.length);
    }
  }
}

function readJson(text: string, { url }: ControlAddress): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SimError('SIM_CONTROL_REFUSED', `what answers at ${url} is no control API of a dcass-sim`);
  }
}

async function request(
  control: ControlAddress,
  method: string,
  path: string,
  body?: object,
  signal?: AbortSignal,
): Promise<Received> {
  try {
    const { send = (url, init) => fetch(url, init as RequestInit) } = control;
    return await send(control.url + path, {
      method,
      ...(signal ? { signal } : {}),
      headers: { authorization: `Bearer ${control.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch (error) {
    throw new SimError(
      'SIM_NOT_RUNNING',
      `no simulator answers at ${control.place ?? control.url}; start one with "dcass-sim up"`,
      {
        cause: error,
      },
    );
  }
}
