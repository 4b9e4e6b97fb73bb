import { Command, CommanderError, Option } from 'commander';
import { readEnvironment, VERSION } from '../config.ts';
import { SimError } from '../sim-error.ts';
import { addDictionaryCommands } from './dictionary-commands.ts';
import type { ExplainFlags } from './explain.ts';
import type { OapiFlags } from './oapi.ts';
import { processOutput } from './output.ts';
import { RUN_HELP } from './run/help.ts';
import type { RunFlags } from './run.ts';
import type { ExecFlags } from './sealed/exec.ts';
import { addTalkingCommands } from './talking-commands.ts';
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

program
  .command('exec')
  .argument('<command...>', 'what to run, after "--"')
  .usage('[options] -- <command...>')
  .description('run a command inside a sealed run that is going on')
  .option('--pid <n>', 'the process number of its "dcass-sim run"; left out: the only one')
  .addOption(stateDirOption)
  .passThroughOptions()
  .action(async (command: string[], flags: ExecFlags) => {
    const { exec } = await import('./sealed/exec.ts');
    process.exitCode = await exec(command, flags, environment);
  });

program
  .command('check')
  .argument('<file...>', 'scenario files, or names of shipped days')
  .description('validate scenario files')
  .option('--json', 'the problems as JSON')
  .addOption(new Option('--format <format>', 'how problems are printed').choices(['text', 'github']).default('text'))
  .action(async (files: string[], flags: { json?: boolean; format: 'text' | 'github' }) => {
    const { check } = await import('./check.ts');
    process.exitCode = await check(files, flags, output);
  });

program
  .command('explain')
  .argument('<scenario>', 'a shipped day by its name, or a file')
  .description('print the day as a rundown table')
  .addOption(
    new Option('--format <format>', 'the table’s format').choices(['text', 'md', 'csv', 'json']).default('text'),
  )
  .option('--json', 'the same as --format json')
  .addOption(paramOption)
  .action(async (scenario: string, flags: ExplainFlags) => {
    const { explain } = await import('./explain.ts');
    process.exitCode = await explain(scenario, flags, output);
  });

program
  .command('import-timeline')
  .argument('<file>', 'a CSV file with a step in each row')
  .description('write the steps of a CSV file as the timeline of a scenario file')
  .action(async (file: string) => {
    const { importTimeline } = await import('./import-timeline.ts');
    process.exitCode = await importTimeline(file, output);
  });

program
  .command('hosts')
  .description('print what /etc/hosts needs for the four gateways')
  .addOption(startOptions[0] as Option)
  .option('--json', 'as JSON')
  .action(async (flags: { plan?: string; json?: boolean }) => {
    const { hosts } = await import('./hosts.ts');
    hosts(flags, output);
  });

program
  .command('certs')
  .description('make the local CA and certificates, and say how to trust them')
  .addOption(stateDirOption)
  .option('--json', 'as JSON')
  .action(async (flags: { stateDir?: string; json?: boolean }) => {
    const { certs } = await import('./certs.ts');
    await certs(flags, environment, output);
  });

program
  .command('keys')
  .argument('<sftp-user...>', 'SFTP users: the customer codes of the scenario, for example CABC')
  .description('make the SFTP key pair of a user, and print where it is')
  .addOption(stateDirOption)
  .option('--json', 'as JSON')
  .action(async (users: string[], flags: { stateDir?: string; json?: boolean }) => {
    const { keys } = await import('./keys.ts');
    await keys(users, flags, environment, output);
  });

addTalkingCommands(program, { environment, output, stateDirOption, seedOption });

const reports = program
  .command('reports')
  .description('list the reports; print one; write their templates')
  .option('--json', 'the catalogue as JSON')
  .action(async (flags: { json?: boolean }) => {
    const { listReports } = await import('./reports.ts');
    listReports(flags, output);
  });
reports
  .command('export')
  .argument('<folder>', 'where the files go; none is overwritten')
  .description('write the shipped layouts as templates to start from')
  .action(async (folder: string) => {
    const { exportReports } = await import('./reports.ts');
    await exportReports(folder, output);
  });
reports
  .command('show')
  .argument('<report>', 'a report of the list, for example trades')
  .description('print a report of a day')
  .option('--scenario <scenario>', 'a shipped day by its name, or a file', 'verification-day')
  .option('--participant <code>', 'whose; left out: the first one')
  .option('--at <time>', 'after the timeline until then, "18:50"; left out: at the start')
  .option('--made <when>', 'intra-day, after-cutoff or day-end; left out: as at that time')
  .addOption(templatesOption)
  .addOption(seedOption)
  .action(async (report: string, flags: Record<string, string>) => {
    const { showReport } = await import('./reports.ts');
    await showReport(report, flags, output);
  });

program
  .command('oapi')
  .argument(
    '[command...]',
    'query, transact, listen, login, info, show, script FILE, help; left out: from standard input',
  )
  .description('an OAPI client: log in, then query, transact, listen')
  .addOption(new Option('--user <user>', 'an OAPI user, for example BO_CABC801').env('DCASS_OAPI_USER'))
  .option('--password-file <file>', 'its password; or DCASS_OAPI_PASSWORD; a simulator that runs here tells it')
  .option('--new-password-file <file>', 'changes the password after the login')
  .option('--forced', 'take over a session that the user has already')
  .option('--address <host:port>', 'a gateway; left out: of the simulator that runs here')
  .addOption(new Option('--gateway <n>', 'the first or the second one').choices(['1', '2']).default('1'))
  .addOption(
    new Option('--dictionary <name|file>', 'the layouts that the gateway speaks; genium').env('DCASS_SIM_DICTIONARY'),
  )
  .option('--keep-going', 'a script goes on after a line that was refused')
  .addOption(stateDirOption)
  .option('--json', 'one JSON object a line')
  .passThroughOptions()
  .action(async (words: string[], flags: OapiFlags) => {
    const { oapi } = await import('./oapi.ts');
    process.exitCode = await oapi(words, flags, environment, output);
  });

addDictionaryCommands(program, { environment, output, stateDirOption, seedOption });

void main();

async function main(): Promise<void> {
  try {
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
