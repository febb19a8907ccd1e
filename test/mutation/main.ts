import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { instrument, type Mutant } from './instrument.ts';
import { judge, type Verdict } from './judge.ts';
import { type Place, startWorker } from './start-worker.ts';
import type { Coverage } from './worker.ts';

const TARGET = 95;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const filesUnder = (folder: string, end: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name))
    .sort();

/** The tests that reach each mutant. */
const readCoverage = async (place: Place): Promise<Coverage> => {
  const worker = startWorker(place);
  const reply = await worker.ask({ kind: 'cover' });
  worker.stop();
  if (typeof reply === 'string') throw new Error(`the tests cannot be loaded: ${reply}`);
  const coverage = reply.answer as Coverage;
  if (coverage.failed.length === 0) return coverage;
  throw new Error(`these tests fail without any mutant: ${coverage.failed.join('; ')}`);
};

const describe = (verdict: Verdict | undefined, mutant: Mutant): string => {
  const { fileName, location, mutatorName, replacement } = mutant;
  const place = `${fileName}:${location.start.line + 1}:${location.start.column + 1}`;
  return `${verdict} ${place} ${mutatorName}: ${replacement.slice(0, 120)}`;
};

/** Mutates a folder or a file, shared/domain if none is named, and says what no test notices. */
const main = async (path: string): Promise<number> => {
  const files = path.endsWith('.ts') ? [path] : filesUnder(path, '.ts');
  const { directory, mutants } = await instrument(files);
  const tests = [
    ...['test/domain', 'test/app'].flatMap((folder) => filesUnder(folder, '.test.ts')),
    'test/reasons.test.ts',
  ];
  const coverage = await readCoverage({ directory, tests });
  print(`${mutants.length} mutants, ${coverage.count} tests`);

  const verdicts = await judge({ directory, tests }, mutants, coverage);
  const left = mutants.filter(({ id }) =>
    ['survived', 'unreached'].includes(verdicts.get(id) ?? ''),
  );
  for (const mutant of left) print(describe(verdicts.get(mutant.id), mutant));
  const noticed = mutants.length - left.length;
  const score = (100 * noticed) / mutants.length;
  print(`mutation score of ${path}: ${score.toFixed(1)} % (${noticed} of ${mutants.length})`);
  return score >= TARGET ? 0 : 1;
};

process.exitCode = await main(process.argv[2] ?? 'shared/domain');
