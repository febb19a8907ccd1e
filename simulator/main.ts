import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeProblem } from '../shared/parse/configuration/describe-problem.ts';
import { parseConfiguration } from '../shared/parse/configuration/parse-configuration.ts';
import { createWriter } from './story/create-writer.ts';
import { runStory } from './story/story.ts';

const ROOT = join(import.meta.dirname, '..');
const FILE = 'simulator/story/tidegate.yml';

const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const parsed = parseConfiguration(readText(FILE), { file: FILE, prefix: 'tidegate-dev' });
if (!parsed.ok)
  throw new Error(parsed.problem.map((problem) => describeProblem(problem)).join('\n'));

print(`A morning of a web fleet on a simulated AWS, with the rules of ${FILE}.`);
const writeLines = createWriter();
const { capacity, messages, deadLetters } = await runStory({
  configuration: parsed.value,
  readEvent: (name) => readText(`events/${name}.json`),
  tell: (event) => writeLines(event).forEach(print),
});

print(`
At the end web-prod has ${capacity} instances. Operators got ${messages} messages on Slack; ${deadLetters} dead letters wait
for somebody to look at them. Every decision was made by the code that runs in Lambda.`);
