/** The output of `serverless package`, as far as the checks know it. */
export type CompiledTemplate = { Resources: Record<string, CompiledResource> };
export type CompiledResource = { Type: string; Properties: Record<string, unknown> } & Record<
  string,
  unknown
>;

/** One thing that a template must keep to, and what of it does not: one sentence for each place. */
export type Check = Readonly<{
  name: string;
  problemsIn: (template: CompiledTemplate) => readonly string[];
}>;

/** The value at a path, or nothing where the path ends early. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (found, key) => (found as Record<string | number, unknown> | undefined | null)?.[key],
    value,
  );

/** CloudFormation and IAM let a single value stand for a list of one. */
export const list = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
};

export const texts = (value: unknown): readonly string[] => list(value).map(String);

export const resourcesOf = (
  { Resources }: CompiledTemplate,
  type: string,
): readonly (readonly [string, CompiledResource])[] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);

/** The logical id that a Ref, or a GetAtt of any attribute, leads to. */
export const idIn = (value: unknown): string =>
  String(
    at(value, 'Ref') ??
      at(value, 'Fn::GetAtt', 0) ??
      /^\$\{(\w+)/.exec(String(at(value, 'Fn::Sub')))?.[1],
  );

export const properties = (template: CompiledTemplate, id: string): Record<string, unknown> =>
  template.Resources[id]?.Properties ?? {};
