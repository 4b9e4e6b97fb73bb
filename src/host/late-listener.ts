import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** An application that is made when its first request comes. */
export interface LateListener<App> extends AsyncDisposable {
  /** For the server, which may listen already. */
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void;
  /** Makes it now, unless it is made. */
  made(): Promise<App>;
}

/**
 * A start need not wait for a web framework and its routes: nobody may ever ask, and whoever does waits once, a tenth of a
 * second. Requests that come meanwhile are answered in their order.
 * @param make the application; called once
 * @param failed told when it could not be made; whoever asked is cut off
 */
export function lateListener<App extends { readonly listener: RequestListener; close(): Promise<void> }>(
  make: () => Promise<App>,
  failed: (error: unknown) => void,
): LateListener<App> {
  let making: Promise<App> | undefined;
  let app: App | undefined;
  const made = (): Promise<App> => (making ??= make().then((each) => (app = each)));
  return {
    made,
    listener(request, response) {
      if (app) return app.listener(request, response);
      made().then(
        ({ listener }) => listener(request, response),
        (error: unknown) => {
          failed(error);
          request.socket.destroy();
        },
      );
    },
    async [Symbol.asyncDispose]() {
      await making?.then(
        (each) => each.close(),
        () => undefined,
      );
    },
  };
}
