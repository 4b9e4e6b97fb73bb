import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insideVariables, withoutNames } from '../../src/cli/sealed/covers.ts';

const NAMES = ['pgencdw001.hkex.com.hk', 'pgencdw002.hkex.com.hk'];

test('lines of the machine’s own hosts file stay, but for the names that lead elsewhere inside', () => {
  const hosts = [
    '127.0.0.1 localhost',
    '127.151.14.155\tpgencdw001.hkex.com.hk',
    '10.0.0.1 PGENCDW002.hkex.com.hk mine.example # both',
    '# 10.0.0.2 pgencdw001.hkex.com.hk',
    '',
  ].join('\n');
  expect(withoutNames(hosts, NAMES).split('\n')).toEqual([
    '127.0.0.1 localhost',
    '#',
    '10.0.0.1\tmine.example',
    '# 10.0.0.2 pgencdw001.hkex.com.hk',
    '',
  ]);
});

test('whatever a hosts file says, afterwards no line of it names one of them, and all other names are there', () => {
  const word = fc.constantFrom(...NAMES, 'a.example', 'B', '#', '127.0.0.1', '::1');
  const file = fc.array(fc.array(word).map((words) => words.join(' '))).map((lines) => lines.join('\n'));
  const namesOf = (text: string): readonly string[] =>
    text.split('\n').flatMap((line) =>
      (line.split('#')[0] ?? '')
        .split(/\s+/)
        .filter((each) => each !== '')
        .slice(1),
    );
  fc.assert(
    fc.property(file, (text) => {
      expect(namesOf(withoutNames(text, NAMES))).toEqual(namesOf(text).filter((name) => !NAMES.includes(name)));
    }),
  );
});

test('proxies are taken away, and a trust store that the caller chose stays the one in use', () => {
  const env = { HTTPS_PROXY: 'http://p', no_proxy: 'x', SSL_CERT_FILE: '/mine.pem', PATH: '/bin' };
  expect(insideVariables(env, '/ca.pem')).toMatchObject({
    no_proxy: 'x',
    SSL_CERT_FILE: '/mine.pem',
    NODE_EXTRA_CA_CERTS: '/ca.pem',
    PATH: '/bin',
  });
  expect(insideVariables(env, '/ca.pem')).not.toHaveProperty('HTTPS_PROXY');
});
