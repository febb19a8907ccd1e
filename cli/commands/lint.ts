import picocolors from 'picocolors';
import type { Annotation } from '#cli/output/annotation.ts';
import { formatOption } from '#cli/output/format.ts';
import { perform, type Report } from '#cli/output/perform.ts';
import { placeOfKey } from '#cli/output/place-of-key.ts';
import type { Finding } from '#domain/lint/finding.ts';
import { lint } from '#domain/lint/lint.ts';
import type { Paint } from '#parse/configuration/describe-problem.ts';
import { EXIT } from '../exit-codes.ts';
import {
  type ConfigurationFile,
  configurationIn,
  findConfiguration,
  namedFile,
} from '../find-configuration.ts';
import { newCommand } from '../new-command.ts';
import { type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate lint`: finds what is valid in the file and will hurt all the same. */
export const lintCommand = (terminal: Terminal, finish: Finish) =>
  newCommand('lint', ['tidegate lint', 'tidegate lint prod.yml --json'])
    .argument('[file]', 'the same as --config')
    .addOption(formatOption())
    .action((file, options) =>
      perform(terminal, finish)({ command: 'lint', ...options }, () =>
        run(namedFile(file, options.config), terminal),
      ),
    );

const run = (named: string | undefined, terminal: Terminal): Report => {
  const found = findConfiguration(named, terminal);
  const configuration = configurationIn(found, 'tidegate');
  const findings = lint(configuration);
  const partOf = (name: string): string =>
    configuration.fleets?.some((fleet) => fleet.name === name) ? 'fleets' : 'groups';
  const paint = picocolors.createColors(isColourful(terminal));
  return {
    text: asText(found.file, findings, paint),
    data: { file: found.file, findings },
    annotations: findings.map((finding) => annotationFor(finding, found, partOf(finding.group))),
    exitCode: findings.every(({ isHint }) => isHint) ? EXIT.ok : EXIT.invalid,
  };
};

/** A finding on the line of its first rule, else of its group. */
const annotationFor = (
  { code, isHint, group, rules, message, why, fix }: Finding,
  { file, text }: ConfigurationFile,
  part: string,
): Annotation => ({
  level: isHint ? 'notice' : 'warning',
  file,
  ...placeOfKey(
    text,
    group === 'notify' ? ['notify'] : [part, group, 'rules', ...rules.slice(0, 1)],
  ),
  title: `${group}: ${code}`,
  message: `${message}\n${why}\n${fix}`,
});

const asText = (file: string, findings: readonly Finding[], paint: Paint): string =>
  findings.length === 0
    ? `${file}: nothing found.`
    : findings.map((finding) => describe(finding, paint)).join('\n\n');

const describe = (
  { code, isHint, group, message, why, example, fix }: Finding,
  paint: Paint,
): string =>
  [
    `${paint.bold(`${group}: ${message}`)} (${isHint ? `hint, ${code}` : code})`,
    `  why:     ${why}`,
    `  example: ${example}`,
    `  fix:     ${fix}`,
  ].join('\n');
