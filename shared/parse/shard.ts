import type { Result } from '#domain/basics/result.ts';
import { type FiringAlarm, SHARD_SIZE, type Shard } from '#domain/sweep/shard.ts';
import { MAX_NAME } from './alarm-state.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { fieldOf, isObject, type JsonObject, readJsonObject } from './json.ts';
import { MAX_INSTANT } from './outcome.ts';
import type { ParseProblem } from './parse-problem.ts';

const MAX_SHARD_NAME = 40;

/** A message on the sweep queue: the groups that one invocation of the sweep looks at. Nobody else sends there. */
export const parseShard = (body: string): Result<Shard, ParseProblem> => {
  const read = readJsonObject(body, 'body');
  if (!read.ok) return read;

  const fields = fieldsOf(read.value, 'body');
  if (fieldOf(read.value, 'kind') !== 'shard') fields.refuse('kind', 'shard');
  const name = fields.optionalText('name', MAX_SHARD_NAME);
  const groups = fieldOf(read.value, 'groups');
  const areNames = isListOfNames(groups);
  if (!areNames) fields.refuse('groups', `a list of 1 to ${SHARD_SIZE} names of groups`);
  const firing = fieldOf(read.value, 'firing');
  const areAlarms = isListOfAlarms(firing);
  if (firing !== undefined && !areAlarms) fields.refuse('firing', 'alarms, each { name, since }');
  const turns = turnsIn(read.value, fields);
  return fields.result({
    kind: 'shard',
    ...(name === undefined ? {} : { name }),
    groups: areNames ? groups : [],
    until: fields.count('until', MAX_INSTANT),
    ...(areAlarms ? { firing } : {}),
    ...(turns === undefined ? {} : { turns }),
  });
};

const turnsIn = (message: JsonObject, fields: Fields): number | undefined => {
  const turns = fieldOf(message, 'turns');
  if (turns === undefined) return undefined;
  if (typeof turns === 'number' && Number.isSafeInteger(turns) && turns > 0) return turns;
  fields.refuse('turns', 'a whole number of minutes, 1 or more');
  return undefined;
};

const isListOfAlarms = (value: unknown): value is readonly FiringAlarm[] =>
  Array.isArray(value) && value.every(isAlarm);

const isAlarm = (value: unknown): boolean => {
  if (!isObject(value)) return false;
  const [name, since] = [fieldOf(value, 'name'), fieldOf(value, 'since')];
  return typeof name === 'string' && name !== '' && typeof since === 'number';
};

const isListOfNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= SHARD_SIZE &&
  value.every((name) => typeof name === 'string' && name !== '' && name.length <= 2 * MAX_NAME);
