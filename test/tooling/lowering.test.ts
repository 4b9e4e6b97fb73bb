import { expect, test } from 'vitest';

test('await using runs on Node 20: resources are disposed in reverse order at the end of the block', async () => {
  const disposed: string[] = [];
  const resource = (name: string): AsyncDisposable => ({
    [Symbol.asyncDispose]: async () => {
      await Promise.resolve();
      disposed.push(name);
    },
  });
  {
    await using first = resource('first');
    await using second = resource('second');
    expect([first, second]).toHaveLength(2);
    expect(disposed).toEqual([]);
  }
  expect(disposed).toEqual(['second', 'first']);
});
