import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stops } from '#test/e2e/harness/deployment.ts';
import { endOnSignal } from '#test/e2e/harness/end-on-signal.ts';
import { WORK_DIRECTORY } from '#test/e2e/harness/work-directory.ts';
import { help, type Wanted, wantedIn } from './arguments.ts';
import { type Ground, prepareGround } from './cloud/account.ts';
import type { Drill } from './drills/drill.ts';
import { writeApplication } from './instances/application.ts';
import { NOTHING } from './judge/course.ts';
import { judge } from './judge/threshold.ts';
import type { Result } from './report/lines.ts';
import { linesOf } from './report/lines.ts';
import { pageOf } from './report/page.ts';
import { runDrill } from './run-drill.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Runs and judges a drill; one that breaks off has missed its one expectation, to run. */
const resultOf = async (ground: Ground, drill: Drill, application: string): Promise<Result> => {
  try {
    const course = await runDrill(ground, drill, { application, say: print });
    return { drill, course, verdicts: judge(drill.expects, course) };
  } catch (thrown) {
    const found = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { drill, course: NOTHING, verdicts: [{ claim: 'it runs', passed: false, found }] };
  }
};

const runAll = async ({ drills, without }: Extract<Wanted, { kind: 'run' }>): Promise<number> => {
  const stops: Stops = [];
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.splice(0)) await stop();
  };
  endOnSignal(stopAll);
  // Each instance ends with this process.
  process.setMaxListeners(50);

  const started = performance.now();
  const results: Result[] = [];
  try {
    const ground = await prepareGround(stops, print, { drills, without });
    const application = await writeApplication();
    for (const drill of drills) {
      print(`\n${drill.name}: ${drill.says}`);
      const result = await resultOf(ground, drill, application);
      results.push(result);
      for (const line of linesOf(result)) print(line);
    }
  } finally {
    await stopAll();
  }
  const report = join(WORK_DIRECTORY, 'report.html');
  await writeFile(report, pageOf(results, { without }));
  const verdicts = results.flatMap((result) => result.verdicts);
  const failed = verdicts.filter(({ passed }) => !passed).length;
  print(`\n${Math.round((performance.now() - started) / 1_000)} s; report: ${report}`);
  print(`drill: ${verdicts.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
};

const wanted = wantedIn(process.argv.slice(2));
if (wanted.kind === 'help') print(help());
else if (wanted.kind === 'wrong') {
  process.stderr.write(`${wanted.problem}\nnpm run drill -- --help says more\n`);
  process.exitCode = 2;
} else process.exitCode = await runAll(wanted);
