import { Option } from '@commander-js/extra-typings';
import { failure } from '#cli/output/failure.ts';
import { perform } from '#cli/output/perform.ts';
import { COMMANDS_WITH_SCHEMA, outputJsonSchema } from '#cli/schemas/output-schema.ts';
import { OUTCOME_KINDS, type OutcomeKind } from '#domain/ledger/outcome.ts';
import { configurationJsonSchema } from '#parse/configuration/schema/configuration-schema.ts';
import { deploymentsJsonSchema } from '#parse/deployments/deployments-schema.ts';
import { outcomeJsonSchema } from '#parse/outcome-schema.ts';
import { recordJsonSchema } from '#parse/record/parse-record.ts';
import { newPlainCommand } from '../new-command.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate schema`: prints the JSON Schema of tidegate.yml, for editors, or of another format. */
export const schemaCommand = (terminal: Terminal, finish: Finish) =>
  newPlainCommand('schema', [
    'tidegate schema > tidegate.schema.json',
    'tidegate schema --deployments-yml > deployments.schema.json',
    'tidegate schema --record > record.schema.json',
    'tidegate schema --outcome scaled > scaled.schema.json',
    'tidegate schema --output status > status.schema.json',
  ])
    .option('--deployments-yml', 'print the JSON Schema of deployments.yml instead')
    .option('--record', 'print the JSON Schema of a decision record instead')
    .addOption(
      new Option(
        '--outcome <kind>',
        'print the JSON Schema of an event of this kind instead',
      ).choices(OUTCOME_KINDS),
    )
    .addOption(
      new Option(
        '--output <command>',
        'print the JSON Schema of what this command prints with --json instead',
      ).choices(COMMANDS_WITH_SCHEMA),
    )
    .action(({ record, outcome, output, deploymentsYml, json }) =>
      perform(terminal, finish)({ command: 'schema', json }, () => {
        const schema = schemaOf({ record, outcome, output, deploymentsYml });
        return { text: JSON.stringify(schema, null, 2), data: { schema } };
      }),
    );

type Asked = Readonly<{
  record: true | undefined;
  outcome: OutcomeKind | undefined;
  output: string | undefined;
  deploymentsYml: true | undefined;
}>;

const schemaOf = ({ record, outcome, output, deploymentsYml }: Asked): object => {
  checkOne({
    '--deployments-yml': deploymentsYml,
    '--record': record,
    '--outcome': outcome,
    '--output': output,
  });
  if (output !== undefined) return outputJsonSchema(output);
  if (outcome !== undefined) return outcomeJsonSchema(outcome);
  if (deploymentsYml) return deploymentsJsonSchema();
  return record ? recordJsonSchema() : configurationJsonSchema();
};

/** One schema is printed: of two that are asked for, one would be left out without a word. */
const checkOne = (asked: Readonly<Record<string, string | true | undefined>>): void => {
  const given = Object.keys(asked).filter((option) => asked[option] !== undefined);
  if (given.length < 2) return;
  throw failure('usage', `${given.join(' and ')} ask for a schema each`, 'give one of them');
};
