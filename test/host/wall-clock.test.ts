import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { wallClock } from '../../src/host/wall-clock.ts';

// Fake timers stand in for the system's here: what is tested is what we ask of them.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a wait longer than a timer can be does not fire at once', () => {
  let calls = 0;
  using _wait = wallClock.after(100 * 86_400_000, () => calls++);
  vi.advanceTimersByTime(86_400_000);
  expect(calls).toBe(0);
});

test('after calls once, every calls again and again, and neither after it was disposed', () => {
  const calls: string[] = [];
  wallClock.after(10, () => calls.push('once'));
  const cancelled = wallClock.after(10, () => calls.push('cancelled'));
  const repeated = wallClock.every(20, () => calls.push('again'));
  cancelled[Symbol.dispose]();
  vi.advanceTimersByTime(45);
  repeated[Symbol.dispose]();
  vi.advanceTimersByTime(100);
  expect(calls).toEqual(['once', 'again', 'again']);
});

test('the real time for the journal is ISO 8601 in UTC', () => {
  vi.setSystemTime(Date.parse('2026-01-02T03:04:05.678Z'));
  expect(wallClock.isoNow()).toBe('2026-01-02T03:04:05.678Z');
});
