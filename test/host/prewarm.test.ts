import { expect, test } from 'vitest';
import { prewarm } from '../../src/host/prewarm.ts';
import { handClock } from '../oapi/world.ts';

/** Everything that is due now has happened. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('steps follow one another, with time for clients between; one that fails does not keep the next from it', async () => {
  const { wall, advance, waiting } = handClock();
  const done: string[] = [];
  const step = (name: string) => async (): Promise<void> => void done.push(name);
  const broken = async (): Promise<void> => {
    done.push('broken');
    throw new Error('cannot be made');
  };
  using _warming = prewarm([step('pages'), broken, step('ssh')], wall);
  const after = async (ms: number): Promise<readonly string[]> => {
    advance(ms);
    await settled();
    return [...done];
  };
  expect(done).toEqual([]);
  expect(await after(0)).toEqual(['pages']);
  expect(await after(1)).toEqual(['pages']);
  expect(await after(29)).toEqual(['pages', 'broken']);
  expect(await after(30)).toEqual(['pages', 'broken', 'ssh']);
  expect(waiting()).toBe(0);
});

test('a day that stops meanwhile makes nothing more', async () => {
  const { wall, advance, waiting } = handClock();
  const done: string[] = [];
  let finish: () => void = () => undefined;
  const slow = (): Promise<void> => new Promise((resolve) => (finish = resolve));
  const warming = prewarm([slow, async () => void done.push('ssh')], wall);
  advance(0);
  warming[Symbol.dispose]();
  finish();
  await settled();
  advance(1_000);
  expect(done).toEqual([]);
  expect(waiting()).toBe(0);
});
