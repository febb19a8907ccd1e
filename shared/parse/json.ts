import { ok, type Result } from '#domain/basics/result.ts';
import { failAt, type ParseProblem } from './parse-problem.ts';
import { jsonDepth } from './text-depth.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A queue takes 1 MiB, CloudWatch and Tidegate write a few KB: more is neither's. */
const MAX_CHARACTERS = 256 * 1024;
/** An alarm's message nests six levels deep. */
const DEEPEST = 64;

/** Reads a JSON object; `path` names the text in problems. */
export const readJsonObject = (text: string, path: string): Result<JsonObject, ParseProblem> => {
  if (text.length > MAX_CHARACTERS) {
    return failAt({ path, found: text, expected: `at most ${MAX_CHARACTERS} characters` });
  }

  if (jsonDepth(text) > DEEPEST) {
    return failAt({ path, found: text, expected: `at most ${DEEPEST} levels of nesting` });
  }

  const value = parseJson(text);
  return isObject(value)
    ? ok(value)
    : failAt({ path, found: value ?? text, expected: 'a JSON object' });
};

/** A field of the object's own: `__proto__` and its kin are names like any other. Null is absent. */
export const fieldOf = (object: JsonObject, key: string): unknown =>
  (Object.hasOwn(object, key) ? object[key] : undefined) ?? undefined;

/** The object in a field; an empty one when there is none. */
export const objectIn = (object: JsonObject, key: string): JsonObject => {
  const value = fieldOf(object, key);
  return isObject(value) ? value : {};
};

/** The list in a field; an empty one when there is none. */
export const listIn = (object: JsonObject, key: string): readonly unknown[] => {
  const value = fieldOf(object, key);
  return Array.isArray(value) ? value : [];
};

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
