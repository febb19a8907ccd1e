import * as z from 'zod';
import * as deployment from './deployment.ts';
import * as drills from './drills.ts';
import * as files from './files.ts';
import { error, place } from './parts.ts';
import * as past from './past.ts';
import { status } from './status.ts';

/** The commands that can ask several deployments. */
const SEVERAL: readonly string[] = ['status', 'history', 'report', 'doctor'];

/** The fields that each command adds when it succeeds; one with several ways to be called has several forms. */
const FIELDS: Readonly<Record<string, readonly z.ZodObject[]>> = {
  init: [files.init],
  validate: [files.validate],
  lint: [files.lint],
  schema: [files.schema],
  import: [files.imported],
  decide: [files.decideCapacity, files.decideHealth],
  replay: [files.replay],
  record: [past.record],
  backtest: [past.backtest],
  tune: [past.tune],
  learn: [past.learn],
  status: [status],
  console: [deployment.consoleEnded],
  history: [deployment.history],
  why: [deployment.why, deployment.whyRecord],
  report: [deployment.report],
  rules: [deployment.rules],
  plan: [deployment.plan],
  doctor: [deployment.doctor],
  overrides: [deployment.overrides],
  notify: [deployment.notifyTest, deployment.notifyRender, deployment.notifyFiles],
  drill: [drills.drill, drills.drillLoad, drills.drillFailure],
  pause: [deployment.overrideSet],
  pin: [deployment.overrideSet],
  cap: [deployment.overrideSet],
  resume: [deployment.resumed],
  undo: [deployment.undone],
  completion: [files.completion],
};

/** The commands whose `--json` has a schema. */
export const COMMANDS_WITH_SCHEMA: readonly string[] = Object.keys(FIELDS);

/** The form of what a command prints with `--json`: its own fields, or that it failed. */
export const outputSchema = (command: string): z.ZodType => {
  const head = {
    schemaVersion: z.literal(1),
    command: z.literal(command),
    exitCode: z.int().min(0).describe('As the process ends: docs/cli.md has them.'),
    deployment: place.optional(),
  };
  const failed = z.object({ ...head, error });
  const forms = FIELDS[command] ?? [];
  return z.union([
    failed,
    ...forms.map((fields) => fields.extend(head)),
    ...(SEVERAL.includes(command) ? [severalOf(forms).extend(head)] : []),
  ]);
};

/** The form with `--all`: of each deployment what the command says of one, or that it failed there. */
const severalOf = (forms: readonly z.ZodObject[]): z.ZodObject => {
  const head = {
    name: z.string().describe('The name in deployments.yml.'),
    exitCode: z.int().min(0),
    deployment: place.optional(),
  };
  const failed = z.object({ ...head, error });
  return z.object({
    deployments: z.array(z.union([failed, ...forms.map((fields) => fields.extend(head))])),
  });
};

/** The JSON Schema of what a command prints with `--json`. Readers must bear fields that they do not know. */
export const outputJsonSchema = (command: string): Record<string, unknown> => {
  const { $schema, ...keywords } = z.toJSONSchema(outputSchema(command), {
    target: 'draft-7',
    io: 'input',
    reused: 'ref',
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:tidegate:output:${command}:1`,
    title: `The output of tidegate ${command} --json, version 1`,
    ...keywords,
  };
};
