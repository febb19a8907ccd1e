import { at, type CompiledTemplate } from '#test/infrastructure/checks/compiled-template.ts';

/** A mistake that somebody could make: words of the check that must find it, the fault, the deed. */
export type Plant = readonly [check: string, fault: string, plant: (t: CompiledTemplate) => void];

/** Sets the value at a dotted path below a resource; `undefined` takes it away. */
export const set =
  (id: string, path: string, value: unknown) =>
  ({ Resources }: CompiledTemplate): void => {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const parent = at(Resources[id], ...keys) as Record<string, unknown> | undefined;
    if (parent === undefined) throw new Error(`${id} has no ${keys.join('.')} to plant a fault in`);
    parent[last] = value;
  };

export const drop = (id: string) => (template: CompiledTemplate) => {
  if (!(id in template.Resources)) throw new Error(`there is no ${id} to take away`);
  delete template.Resources[id];
};

/** Sets a key of the statement that has this Sid, in a role's own policy. */
export const inStatement =
  (role: string, sid: string, key: string, value: unknown) =>
  ({ Resources }: CompiledTemplate): void => {
    const all = at(Resources[role], 'Properties', 'Policies', 0, 'PolicyDocument', 'Statement');
    const found = (all as Record<string, unknown>[]).find(({ Sid }) => Sid === sid);
    if (found === undefined) throw new Error(`${role} has no statement ${sid}`);
    found[key] = value;
  };
