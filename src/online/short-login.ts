import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { cookieName, isForeign, type Arrival, type GatewayName, type OnlineContext } from './context.ts';
import type { AppHooks } from './app.ts';
import { attemptLogin, type LoginAttempt } from './login-attempt.ts';
import { AFTER_LOGIN } from './pages/login.ts';

/** A login that was tried before the framework saw it. */
export interface BegunLogin {
  readonly body: Buffer;
  /** What came of it. @throws what the attempt threw: the framework answers for a fault of ours. */
  attempt(): LoginAttempt;
}

export interface ShortLogin {
  /** What was tried already of a request that goes on to the framework. */
  begun(request: IncomingMessage): BegunLogin | undefined;
  listener(otherwise: RequestListener): RequestListener;
}

const FORM = 'application/x-www-form-urlencoded';

/**
 * The short way of a login: programs log in by the thousand, and the framework takes longer over such a request than the
 * login itself. Only the plainest one goes this way: a whole form of a client without a cookie. It is tried by the same
 * code, and its answer is the same, byte for byte; whatever is not let in goes on to the framework, which makes the page.
 * @param headers those that every answer has
 * A traced request, and one that a fault may hit, go the framework's way.
 */
export function shortLogin(
  context: OnlineContext,
  headers: Readonly<Record<string, string>>,
  { onRequest, isClear = () => true }: Pick<AppHooks, 'onRequest' | 'isClear'>,
): ShortLogin {
  const begun = new WeakMap<IncomingMessage, BegunLogin>();
  const fixed = Object.entries(headers).flat();

  const answer = (request: Arrival, response: ServerResponse, token: string): void => {
    response.writeHead(303, [
      ...fixed,
      'location',
      AFTER_LOGIN,
      'set-cookie',
      cookieLine(context.gatewayOf(request), token),
      'content-length',
      '0',
    ]);
    response.end();
  };

  const take = (request: Arrival, response: ServerResponse, body: Buffer, otherwise: RequestListener): void => {
    const { username, password } = parse(body.toString());
    try {
      const attempt = attemptLogin(context, request, {
        username: typeof username === 'string' ? username : undefined,
        password: typeof password === 'string' ? password : undefined,
        earlier: undefined,
      });
      if (attempt.result === 'let in' && !attempt.session.restricted) return answer(request, response, attempt.token);
      begun.set(request.raw, { body, attempt: () => attempt });
    } catch (error) {
      begun.set(request.raw, {
        body,
        attempt: () => {
          throw error;
        },
      });
    }
    otherwise(request.raw, response);
  };

  return {
    begun: (request) => begun.get(request),
    listener: (otherwise) => (raw, response) => {
      const request = { raw, headers: raw.headers };
      if (!isPlain(request, context.settings.bodyBytesMax) || !isClear(request)) return otherwise(raw, response);
      if (onRequest(request) === 'gone') return;
      const chunks: Buffer[] = [];
      raw.on('data', (chunk: Buffer) => chunks.push(chunk));
      raw.on('end', () => {
        const [first, ...others] = chunks;
        take(request, response, first && others.length === 0 ? first : Buffer.concat(chunks), otherwise);
      });
    },
  };
}

function isPlain(request: Arrival, bodyBytesMax: number): boolean {
  const { raw, headers } = request;
  return (
    raw.url === '/login' &&
    raw.method === 'POST' &&
    headers['content-type'] === FORM &&
    !headers.cookie &&
    headers.expect === undefined &&
    headers['traceparent'] === undefined &&
    Number(headers['content-length']) <= bodyBytesMax &&
    !isForeign(request)
  );
}

// As the framework writes it from `COOKIE`: a test compares.
function cookieLine(gateway: GatewayName, token: string): string {
  return `${cookieName(gateway)}=${token}; Path=/; HttpOnly; Secure; SameSite=Strict`;
}
