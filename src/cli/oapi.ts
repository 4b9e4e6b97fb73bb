import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { PACKAGE_ROOT, type Environment } from '../config.ts';
import { Secret } from '../clearing/secret.ts';
import { dictionaryForGateways } from '../dictionaries.ts';
import { defaultStateDir, type RunningSimulator } from '../host/run-directory.ts';
import type { Dictionary } from '../oapi/dictionary/dictionary.ts';
import { Disposables } from '../host/disposables.ts';
import { findSimulators } from './find-control.ts';
import { askSecret, secretIn } from './oapi-secret.ts';
import { openOapiClient, type Answer, type OapiClient } from '../oapi-client/client.ts';
import { SimError } from '../sim-error.ts';
import { carryOut, OAPI_HELP, type LoggedInClient, type OapiSession } from './oapi-commands.ts';
import { readLine, splitWords } from './oapi-line.ts';
import type { Output } from './output.ts';
import { answerJson, codesText } from './print-oapi.ts';

export interface OapiFlags {
  readonly address?: string;
  readonly gateway?: string;
  readonly dictionary?: string;
  readonly user?: string;
  readonly passwordFile?: string;
  readonly newPasswordFile?: string;
  readonly forced?: boolean;
  readonly keepGoing?: boolean;
  readonly stateDir?: string;
  readonly json?: boolean;
}

const REFUSED = 1;

/**
 * `dcass-sim oapi`: logs in, carries out one command, or those of a script or a person, and logs out.
 * @returns 1 where the gateway refused something or an expectation failed, else 0
 */
export async function oapi(
  words: readonly string[],
  flags: OapiFlags,
  environment: Environment,
  output: Output,
): Promise<number> {
  if (words[0] === 'help') {
    output.data(OAPI_HELP);
    return 0;
  }
  const stateDir = flags.stateDir ?? defaultStateDir({ packageRoot: PACKAGE_ROOT, env: environment.all });
  const running = await findSimulators(flags.stateDir, environment);
  const chosen = await dictionaryForGateways(flags.dictionary ?? environment.all['DCASS_SIM_DICTIONARY'] ?? 'genium', {
    stateDir,
    folder: process.cwd(),
  });
  const dictionary = await chosen.open();
  const isJson = flags.json === true || words.includes('--json');
  const resources = new Disposables();
  let client: Promise<LoggedInClient> | undefined;
  const session: OapiSession = {
    dictionary,
    json: isJson,
    output,
    last: undefined,
    client: () => (client ??= open({ dictionary, running, resources, isJson }, flags, environment, output)),
  };
  try {
    const isLines = words.length === 0 || words[0] === 'script';
    const isTyped = words.length === 0 && process.stdin.isTTY === true;
    // A person wants to know at once whether the login works.
    if (isTyped) await session.client();
    const isGood = isLines
      ? await carryOutLines(linesOf(words[1], isTyped, output), session, flags.keepGoing === true)
      : await carryOut(readLine(words), session);
    return isGood ? 0 : REFUSED;
  } catch (error) {
    if (error instanceof LoginRefused) return REFUSED;
    throw error;
  } finally {
    // Whoever was cut off, or never got in, has nothing to log out of.
    await client?.then((each) => each.logout()).catch(() => undefined);
    await resources[Symbol.asyncDispose]();
  }
}

/** The gateway did not let the user in, and that has been told. */
class LoginRefused extends Error {}

async function open(
  {
    dictionary,
    running,
    resources,
    isJson,
  }: {
    readonly dictionary: Dictionary;
    readonly running: readonly RunningSimulator[];
    readonly resources: Disposables;
    readonly isJson: boolean;
  },
  flags: OapiFlags,
  environment: Environment,
  output: Output,
): Promise<LoggedInClient> {
  const { host, port } = addressOf(flags, environment, running);
  const user = flags.user ?? environment.all['DCASS_OAPI_USER'];
  if (user === undefined) throw wrong('who logs in? write --user BO_CABC801');
  const password = await passwordOf(user, flags, environment, running);
  const client = resources.use(await openOapiClient({ host, port, dictionary }));
  const loginAnswer = await logIn(client, user, password, flags, { json: isJson, output });
  if (!loginAnswer) throw new LoginRefused();
  return { ...client, loginAnswer };
}

async function logIn(
  client: OapiClient,
  user: string,
  password: Secret,
  flags: OapiFlags,
  { json, output }: Pick<OapiSession, 'json' | 'output'>,
): Promise<Answer | undefined> {
  const answer = await client.login(user, password, { forced: flags.forced === true });
  const CHANGE_FIRST = 2027;
  const IN_USE = -2019;
  if (answer.completion < 0) {
    output.data(json ? answerJson('login', answer) : `login: ${codesText(answer, output)}`);
    if (answer.completion === IN_USE) output.talk('--forced takes over the other session.');
    return undefined;
  }
  if (answer.completion === 0 && flags.newPasswordFile === undefined) return answer;
  if (flags.newPasswordFile !== undefined) {
    const changed = await client.setNewPassword(password, secretIn(flags.newPasswordFile));
    output.data(json ? answerJson('set new password', changed) : `set new password: ${codesText(changed, output)}`);
    return changed.completion >= 0 ? changed : undefined;
  }
  output.talk(`login: ${codesText(answer, output)}`);
  if (answer.completion === CHANGE_FIRST) output.talk('--new-password-file changes it.');
  return answer;
}

/** Line by line; the first one that goes wrong ends it, unless somebody sits there or it is to keep going. */
async function carryOutLines(
  lines: AsyncIterable<{ readonly text: string; readonly isTyped: boolean }>,
  session: OapiSession,
  keepGoing: boolean,
): Promise<boolean> {
  let all = true;
  for await (const { text, isTyped } of lines) {
    const words = splitWords(text);
    if (words.length === 0) continue;
    if (words[0] === 'quit' || words[0] === 'exit') break;
    let isGood = false;
    try {
      isGood = await carryOut(readLine(words), session);
    } catch (error) {
      if (!isTyped || !(error instanceof SimError) || error.code !== 'SIM_OPTION_INVALID') throw error;
      session.output.talk(error.message);
      isGood = true;
    }
    if (isTyped) continue;
    all &&= isGood;
    if (isGood) continue;
    session.output.talk(`stopped at: ${text.trim()}`);
    if (!keepGoing) break;
  }
  return all;
}

async function* linesOf(
  file: string | undefined,
  isTyped: boolean,
  output: Output,
): AsyncGenerator<{ readonly text: string; readonly isTyped: boolean }> {
  if (file !== undefined && file !== '-') {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      throw wrong(`the script ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    for (const line of text.split('\n')) yield { text: line, isTyped: false };
    return;
  }
  if (isTyped) output.talk('Logged in. "help" lists what can be typed, "quit" logs out.');
  const lines = createInterface({
    input: process.stdin,
    ...(isTyped ? { output: process.stderr, prompt: 'oapi> ' } : {}),
  });
  if (isTyped) lines.prompt();
  for await (const text of lines) {
    yield { text, isTyped };
    if (isTyped) lines.prompt();
  }
}

/** `--address`, else the addresses of `run`, else those of the only simulator that runs here. */
function addressOf(
  { address, gateway = '1' }: OapiFlags,
  { all }: Environment,
  running: readonly RunningSimulator[],
): { readonly host: string; readonly port: number } {
  if (gateway !== '1' && gateway !== '2') throw wrong(`--gateway ${gateway}: there are 1 and 2`);
  const named = address ?? all['DCASS_OAPI_ADDRESSES']?.split(',')[Number(gateway) - 1];
  if (named !== undefined) {
    const found = /^(.+):(\d{1,5})$/.exec(named);
    if (!found) throw wrong(`"${named}" is no address; write host:port, for example 127.0.0.1:15001`);
    return { host: found[1] ?? '', port: Number(found[2]) };
  }
  const [only, ...others] = running;
  if (!only)
    throw new SimError('SIM_NOT_RUNNING', 'no simulator of this user is running; start one, or name --address');
  if (others.length > 0) throw wrong('several simulators are running; name --address of the one that is meant');
  // Its address is the real gateway's, and from outside it would lead there.
  if (only.ready.sealed !== undefined)
    throw wrong('the running simulator is sealed; go in with "dcass-sim exec -- dcass-sim oapi …"');
  const found = only.ready.oapi[Number(gateway) - 1];
  if (!found) throw wrong(`the running simulator has no OAPI gateway ${gateway}`);
  return { host: found.address, port: found.port };
}

/** From a file, the environment, or the user list of the simulator that runs here. Never from the command line: that is seen. */
async function passwordOf(
  user: string,
  { passwordFile }: OapiFlags,
  { all }: Environment,
  running: readonly RunningSimulator[],
): Promise<Secret> {
  if (passwordFile !== undefined) return secretIn(passwordFile);
  const fromEnvironment = all['DCASS_OAPI_PASSWORD'];
  if (fromEnvironment !== undefined) return new Secret(fromEnvironment);
  for (const { ready } of running) {
    const users = JSON.parse(readFileSync(ready.files.users, 'utf8')) as readonly { user: string; password: string }[];
    const known = users.find((each) => each.user === user);
    if (known) return new Secret(known.password);
  }
  if (process.stdin.isTTY === true) return askSecret(`Password of ${user}: `);
  throw wrong(
    `the password of ${user} is not known here; write it in a file and name it with --password-file, or set DCASS_OAPI_PASSWORD`,
  );
}

function wrong(message: string): SimError {
  return new SimError('SIM_OPTION_INVALID', message);
}
