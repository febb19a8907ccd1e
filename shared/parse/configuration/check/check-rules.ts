import { formOf } from '#parse/rules/rules.ts';
import type { GroupDraft } from '../draft.ts';
import type { Fault } from '../fault.ts';

/** Rules look at metrics that exist, for times that fit them, and set capacities within the bounds. */
export const checkRules = (group: GroupDraft): readonly Fault[] =>
  [...group.rules].flatMap(([name, { kind, given }]) =>
    formOf(kind).check(given, { path: [...group.path, 'rules', name], group }),
  );
