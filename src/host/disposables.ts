/**
 * What was started, to be stopped in reverse order. Disposing goes on after a failure and throws
 * one AggregateError at the end; a second dispose does nothing. (Node 20 has no AsyncDisposableStack.)
 */
export class Disposables implements AsyncDisposable {
  #started: (() => unknown)[] = [];

  use<T extends AsyncDisposable | Disposable>(resource: T): T {
    this.defer(() => (Symbol.asyncDispose in resource ? resource[Symbol.asyncDispose]() : resource[Symbol.dispose]()));
    return resource;
  }

  defer(stop: () => unknown): void {
    this.#started.push(stop);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const stops = this.#started.reverse();
    this.#started = [];
    const errors: unknown[] = [];
    for (const stop of stops) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- reverse order is the point.
        await stop();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) throw new AggregateError(errors, `${errors.length} resources failed to stop`);
  }
}
