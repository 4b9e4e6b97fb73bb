import { readFileSync } from 'node:fs';
import { DockerfileParser } from 'dockerfile-ast';
import { validate, ValidationSeverity } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { planAddresses } from '../../src/host/address-plan.ts';

const TEXT = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
const FILE = DockerfileParser.parse(TEXT);

/** All instructions of one kind in the last stage. */
function final(keyword: string): string[] {
  const stages = FILE.getFROMs();
  const from = stages.at(-1)?.getRange()?.start.line ?? 0;
  return FILE.getInstructions()
    .filter((each) => each.getKeyword() === keyword && (each.getRange()?.start.line ?? 0) >= from)
    .map((each) => each.getArgumentsContent() ?? '');
}

// No engine runs where these tests do: the file is linted, and what it says is held against the program.
test('the Dockerfile has no mistake that its linter knows', () => {
  const strict = Object.fromEntries(
    [
      'casing',
      'directiveCasing',
      'emptyContinuationLine',
      'instructionJSONInSingleQuotes',
      'instructionRelativeWorkdir',
    ].map((rule) => [`${rule}`, ValidationSeverity.ERROR]),
  );
  expect(validate(TEXT, strict)).toEqual([]);
  expect(validate(`${TEXT}\nCMDS ["x"]\n`, strict)).not.toEqual([]);
});

test('the image has what the npm package has, but for the C library’s sources', () => {
  const copied = final('COPY')
    .flatMap((each) => [...each.matchAll(/\/build\/(\S+)/g)])
    .map((match) => match[1]);
  // What is left out of the package is compiled for the Node that built; the image runs on that.
  const packed = manifest.files.filter((each) => !each.includes('clients/oapi-c') && !each.startsWith('!'));
  expect(new Set(copied)).toEqual(new Set([...packed, 'package.json']));
});

test('the image runs as an ordinary user and opens the ports of its plan', () => {
  expect(final('USER')).toEqual(['node']);
  const { online, oapi, sftp, mail, control } = planAddresses('single', {}, { listenOn: '0.0.0.0' });
  const ports = [...online, ...oapi, sftp, mail, control].map((each) => each.port);
  expect(final('EXPOSE')[0]?.split(' ').map(Number)).toEqual([...new Set(ports)]);
  expect(final('HEALTHCHECK')[0]).toContain(`http://127.0.0.1:${control.port}/readyz`);
});
