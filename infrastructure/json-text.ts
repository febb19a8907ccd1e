import { sub, type Value } from './template.ts';

/**
 * JSON as text, in which CloudFormation still puts in what only it knows: a `Ref` within the value becomes a
 * placeholder of `Fn::Sub`. Text of operators that looks like a placeholder stays as it is.
 */
export const jsonText = (value: Value): Value => sub(written(value));

const written = (value: Value): string => {
  if (Array.isArray(value)) return `[${value.map((each: Value) => written(each)).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value).replaceAll('${', '${!');
  if (isReference(value)) return `"\${${value.Ref}}"`;

  const entries = Object.entries(value).map(
    ([key, each]) => `${JSON.stringify(key)}:${written(each)}`,
  );
  return `{${entries.join(',')}}`;
};

const isReference = (value: object): value is Readonly<{ Ref: string }> =>
  'Ref' in value && typeof value.Ref === 'string' && Object.keys(value).length === 1;
