import { readFileSync } from 'node:fs';
import { validateAction } from '@action-validator/core';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const TEXT = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');

interface Action {
  readonly inputs: Record<string, object>;
  readonly runs: { readonly steps: readonly { readonly run: string; readonly env?: Record<string, string> }[] };
}

test('the GitHub Action is one by its schema', () => {
  expect(validateAction(TEXT)).toMatchObject({ errors: [] });
  expect(validateAction(TEXT.replace('shell: bash', 'shel: bash'))).not.toMatchObject({ errors: [] });
});

test('every input reaches the command as a variable, and none as a part of the script', () => {
  const { inputs, runs } = parse(TEXT) as Action;
  const given = runs.steps.flatMap((each) => Object.values(each.env ?? {}));
  expect(given.toSorted()).toEqual(
    Object.keys(inputs)
      .map((name) => `\${{ inputs.${name} }}`)
      .toSorted(),
  );
  for (const { run } of runs.steps) expect(run).not.toContain('${{');
});
