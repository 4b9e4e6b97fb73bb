import { Command, CommanderError, Option } from 'commander';
import { readEnvironment, VERSION } from '../config.ts';
import { SimError } from '../sim-error.ts';
import { processOutput } from './output.ts';
import { RUN_HELP } from './run/help.ts';
import type { RunFlags } from './run.ts';
import type { UpFlags } from './up.ts';

/** Exit codes: design.md 5.2. */
const EXIT = { usage: 2, couldNotStart: 3 } as const;

const environment = readEnvironment();
const output = processOutput(environment.noColour);

const seedOption = new Option('--seed <n>', 'seed of everything random').env('DCASS_SIM_SEED');
const stateDirOption = new Option('--state-dir <dir>', 'where keys, certificates and run files are kept').env(
  'DCASS_SIM_STATE_DIR',
);

/** The flags of a start, shared by every command that starts a simulator. */
const startOptions = [
  new Option('--plan <plan>', 'addresses: loopback, single, ephemeral or production').env('DCASS_SIM_PLAN'),
  new Option('--clock <mode>', 'paused, or running').env('DCASS_SIM_CLOCK'),
  new Option('--speed <n>', 'business seconds per real second').env('DCASS_SIM_SPEED'),
  new Option('--at <time>', 'move to this Hong Kong time before anything else, "09:00"').env('DCASS_SIM_AT'),
  new Option('--from <time>', 'begin the day at this time; what was due before is history').env('DCASS_SIM_FROM'),
  seedOption,
  stateDirOption,
];
const paramOption = new Option(
  '--param <name=value...>',
  'a parameter of the day; dcass-sim explain tells which it has',
).env('DCASS_SIM_PARAM');
const portOption = new Option(
  '--port <window=port...>',
  'another port: online=, oapi=, sftp=, mail= or control=; 0 takes a free one',
).env('DCASS_SIM_PORT');

const listenOption = new Option(
  '--listen <address>',
  'plans single and ephemeral: listen on this IP address; 0.0.0.0 in a container',
).env('DCASS_SIM_LISTEN');

const templatesOption = new Option(
  '--report-templates <folder>',
  'report templates, in the place of the scenario’s',
).env('DCASS_SIM_REPORT_TEMPLATES');

const dictionaryOption = new Option(
  '--dictionary <name|file>',
  'the OAPI layouts, in the place of the scenario’s; see dcass-sim dictionary',
).env('DCASS_SIM_DICTIONARY');

// Each command's code is loaded when it is used: `hosts` need not pay for a web server.
const program = new Command('dcass-sim')
  .enablePositionalOptions()
  .description(
    'An offline simulator of DCASS, HKEX’s Derivatives Clearing and Settlement System, around the platform upgrade of May 2019. Not HKEX’s system.',
  )
  // The names alone: the arguments are in each command’s own help, and the list fits 80 columns.
  .configureHelp({ subcommandTerm: (command) => command.name() })
  .version(VERSION, '-V, --version')
  .configureOutput({ writeErr: (text) => output.talk(text.trimEnd()), writeOut: (text) => output.data(text.trimEnd()) })
  .showHelpAfterError('(--help lists what is allowed)')
  .exitOverride();

const up = program
  .command('up')
  .argument('[scenario]', 'a shipped day by its name, or a file', 'verification-day')
  .description('run a day in the foreground; Ctrl-C stops it')
  .option('--watch', 'begin the day anew when its file changes, at the same addresses')
  .option('--json', 'the ready line, then one JSON line per journal entry, on stdout')
  .addOption(
    new Option('--resume', 'go on with the day that was kept in the state directory and left last').env(
      'DCASS_SIM_RESUME',
    ),
  )
  .addOption(
    new Option('--log <level>', 'also log to stderr, as JSON lines')
      .choices(['debug', 'info', 'warn', 'error'])
      .env('DCASS_SIM_LOG'),
  );
for (const option of [...startOptions, paramOption, portOption, listenOption, templatesOption, dictionaryOption])
  up.addOption(option);
up.action(async (scenario: string, flags: UpFlags) => {
  const { up: run } = await import('./up.ts');
  await run(scenario, flags, output);
});

const running = program
  .command('run')
  .argument('<scenario>', 'a shipped day by its name, or a file')
  .argument('<command...>', 'what to run, after "--"')
  .usage('<scenario> [options] -- <command...>')
  .description('run a command against a day of its own, then tell whether what the day expects was met')
  .addOption(new Option('--timeout <duration>', 'end the command after so much real time: 90s, 5m; exit code 4'))
  .addOption(new Option('--until <time>', 'after the command, go on to this time ("12:30"; or end) before grading'))
  .option('--strict', 'what is not due when the run ends fails too')
  .option('--junit <file>', 'the result as JUnit XML, a test case for each expectation')
  .option('--report <file>', 'the result as a page of one file: timeline, journal, expectations, endpoints')
  .option('--sealed', 'with production’s addresses, names and ports, and no way out; Linux, without privileges')
  .option('--keep', 'when it fails, keep the journal, the report and the files of the run, and say where')
  .option('--json', 'after the command’s own output, the result as one JSON line')
  .addHelpText('after', RUN_HELP);
for (const option of [...startOptions, paramOption, portOption, templatesOption, dictionaryOption])
  running.addOption(option);
running.action(async (scenario: string, command: string[], flags: RunFlags) => {
  const { run } = await import('./run.ts');
  process.exitCode = await run(scenario, command, flags, environment, output);
});

void main();

async function main(): Promise<void> {
  try {
    // Who starts a day does not pay for all the other commands.
    if (!['up', 'run'].includes(process.argv[2] ?? '')) {
      const { addOtherCommands } = await import('./other-commands.ts');
      addOtherCommands(program, {
        environment,
        output,
        startOptions,
        seedOption,
        stateDirOption,
        paramOption,
        templatesOption,
      });
    }
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
    } else if (error instanceof SimError) {
      output.talk(`dcass-sim: ${error.message}\n(${error.code})`);
      process.exitCode = exitCodeOf(error);
    } else {
      output.talk(
        `dcass-sim: a bug in the simulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      process.exitCode = EXIT.couldNotStart;
    }
  }
}

function exitCodeOf(error: SimError): number {
  switch (error.code) {
    case 'SIM_SCENARIO_INVALID':
    case 'SIM_SCENARIO_NOT_FOUND':
    case 'SIM_DICTIONARY_INVALID':
    case 'SIM_OPTION_INVALID':
    case 'SIM_FORM_INVALID':
    case 'SIM_TIME_INVALID':
    case 'SIM_TIME_BACKWARDS':
    case 'SIM_VERB_INVALID':
    case 'SIM_SNAPSHOT_INVALID':
    case 'SIM_JOURNAL_INVALID':
    case 'SIM_RESUME_REFUSED':
    case 'SIM_CHECKPOINT_UNKNOWN':
    case 'SIM_CONTROL_REFUSED':
      return EXIT.usage;
    case 'SIM_PORT_IN_USE':
    case 'SIM_ADDRESS_NOT_AVAILABLE':
    case 'SIM_PORT_NOT_ALLOWED':
    case 'SIM_LISTEN_FAILED':
    case 'SIM_TRUST_MATERIAL':
    case 'SIM_SEALED_REFUSED':
    case 'SIM_NOT_RUNNING':
    case 'SIM_STOPPED':
      return EXIT.couldNotStart;
    case 'SIM_VERIFY_FAILED':
      return 1;
    case 'SIM_WAIT_TIMED_OUT':
      return 4;
  }
}
