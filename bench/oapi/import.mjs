// Seconds that the import of generated headers takes; the aim is 20,000 lines in under 2.
//
//   node bench/oapi/import.mjs [lines]      (default 20000; build first: npm run build)
//
// The command is run as a user runs it, so the start of Node is in the time. Five runs; the median is what to read.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const wanted = Number(process.argv[2] ?? 20_000);
const bin = fileURLToPath(new URL('../../bin/dcass-sim.mjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'dcass-bench-'));
const header = join(scratch, 'generated.h');
const lines = ['#include <stdint.h>', '#pragma pack(push, 1)', 'typedef struct { char all[24]; } account_t;'];
for (let n = 0; lines.length < wanted; n++) {
  lines.push(
    `#define SIZE_${n} (${(n % 90) + 2} * 2)`,
    `#define CL_OMN_MADE_${n} (-${704_000 + n})`,
    `/* TRANSACTION TYPE = ZQ${n + 1} */`,
    `typedef struct message_${n} {`,
    '  account_t account;',
    '  uint16_t items_n;',
    '  struct {',
    '    int64_t quantity_i;',
    `    char text_s [SIZE_${n}];`,
    '    uint8_t side_c;',
    '  } item [10];',
    `} message_${n}_t;`,
    '',
  );
}
writeFileSync(header, lines.join('\n'));
const seconds = [];
try {
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [
      bin,
      'dictionary',
      'import',
      header,
      '--state-dir',
      scratch,
    ]);
    if (status !== 0) throw new Error(String(stderr));
    seconds.push((performance.now() - start) / 1000);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const sorted = seconds.toSorted((a, b) => a - b);
console.log(`${lines.length} lines: median ${sorted[2].toFixed(2)} s, worst ${sorted[4].toFixed(2)} s`);
