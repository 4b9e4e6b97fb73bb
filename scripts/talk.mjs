/** Talk goes to stderr: stdout carries data only. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** @returns {string} the time since `startedAt` (of `performance.now()`), for people: `1.4 s`. */
export function secondsSince(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
