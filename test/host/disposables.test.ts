import { expect, test } from 'vitest';
import { Disposables } from '../../src/host/disposables.ts';

test('what was started stops in reverse order, one after the other', async () => {
  const stopped: string[] = [];
  const resources = new Disposables();
  resources.defer(() => void stopped.push('first'));
  resources.use({
    async [Symbol.asyncDispose]() {
      await Promise.resolve();
      stopped.push('second');
    },
  });
  resources.use({ [Symbol.dispose]: () => void stopped.push('third') });
  await resources[Symbol.asyncDispose]();
  expect(stopped).toEqual(['third', 'second', 'first']);
});

test('a second dispose does nothing', async () => {
  let stops = 0;
  const resources = new Disposables();
  resources.defer(() => stops++);
  await resources[Symbol.asyncDispose]();
  await resources[Symbol.asyncDispose]();
  expect(stops).toBe(1);
});

test('one that fails to stop does not keep the others running, and its error is told', async () => {
  const stopped: string[] = [];
  const resources = new Disposables();
  resources.defer(() => void stopped.push('first'));
  resources.defer(() => {
    throw new Error('stuck');
  });
  await expect(resources[Symbol.asyncDispose]()).rejects.toThrow('stuck');
  expect(stopped).toEqual(['first']);
});

test('several that fail to stop are told together', async () => {
  const resources = new Disposables();
  resources.defer(() => Promise.reject(new Error('stuck')));
  resources.defer(() => Promise.reject(new Error('lost')));
  const failed = resources[Symbol.asyncDispose]();
  await expect(failed).rejects.toBeInstanceOf(AggregateError);
  await expect(failed).rejects.toMatchObject({
    message: '2 resources failed to stop',
    errors: [{ message: 'lost' }, { message: 'stuck' }],
  });
});
