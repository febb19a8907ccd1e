import { Command } from '@commander-js/extra-typings';
import picocolors from 'picocolors';
import type { Finding } from '../../shared/domain/lint/finding.ts';
import { lint } from '../../shared/domain/lint/lint.ts';
import { describeProblem, type Paint } from '../../shared/parse/configuration/describe-problem.ts';
import { parseConfiguration } from '../../shared/parse/configuration/parse-configuration.ts';
import { findConfiguration } from '../find-configuration.ts';
import { EXIT, type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate lint`: what is valid in the file and will hurt all the same. */
export const lintCommand = (terminal: Terminal, finish: Finish) =>
  new Command('lint')
    .description('find what no schema can: rules that flap, bounds that are missing …')
    .argument('[file]', 'the file (env: TIDEGATE_CONFIG; default: tidegate.yml here or above)')
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('before', 'Examples:\n  $ tidegate lint\n  $ tidegate lint prod.yml --json\n')
    .action((file, { json }) => finish(run(file, json === true, terminal)));

const run = (argument: string | undefined, isJson: boolean, terminal: Terminal): number => {
  const { stdout, stderr } = terminal;
  const found = findConfiguration(argument, terminal);
  if (!found.ok) {
    stderr.write(`tidegate: ${found.problem}\n`);
    return EXIT.usage;
  }

  const { file, text } = found.value;
  const paint = picocolors.createColors(isColourful(terminal));
  const parsed = parseConfiguration(text, { file, prefix: 'tidegate' });
  if (!parsed.ok) {
    stderr.write(parsed.problem.map((each) => `${describeProblem(each, paint)}\n\n`).join(''));
    stderr.write(`tidegate: ${file} has mistakes; mend them first\n`);
    return EXIT.invalid;
  }

  const findings = lint(parsed.value);
  stdout.write(isJson ? asJson(file, findings) : asText(file, findings, paint));
  return findings.length === 0 ? EXIT.ok : EXIT.invalid;
};

const asJson = (file: string, findings: readonly Finding[]): string =>
  `${JSON.stringify({ schemaVersion: 1, file, findings }, null, 2)}\n`;

const asText = (file: string, findings: readonly Finding[], paint: Paint): string =>
  findings.length === 0
    ? `${file}: nothing found.\n`
    : `${findings.map((finding) => describe(finding, paint)).join('\n\n')}\n`;

const describe = ({ code, group, message, why, example, fix }: Finding, paint: Paint): string =>
  [
    `${paint.bold(`${group}: ${message}`)} (${code})`,
    `  why:     ${why}`,
    `  example: ${example}`,
    `  mend:    ${fix}`,
  ].join('\n');
