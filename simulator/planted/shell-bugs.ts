import type { Bug } from './bug.ts';

/** Mistakes in the shell around the decisions. */
export const SHELL_BUGS: readonly Bug[] = [
  {
    name: 'two decisions get the same id',
    file: 'shared/domain/capacity/decide-capacity.ts',
    find: 'head.version + 1',
    replace: 'head.version >> 2',
  },
  {
    name: 'alarms are read once for each environment',
    file: 'shared/app/capacity/scale-groups.ts',
    find: '  const observe = (groups: readonly Group[]) => observeGroups(ports, groups);',
    replace: `  const known = new Map<string, Awaited<ReturnType<ScalePorts['readAlarms']>>>();
  const readAlarms: ScalePorts['readAlarms'] = async (names) => {
    const kept = known.get(names.join()) ?? (await ports.readAlarms(names));
    known.set(names.join(), kept);
    return kept;
  };
  const observe = (groups: readonly Group[]) => observeGroups({ ...ports, readAlarms }, groups);`,
  },
  {
    name: 'a message ends although its evaluation failed',
    file: 'shared/app/lane/evaluate-groups.ts',
    find: "return [name, { disposition: { kind: 'retry', error }, prompts: promptedBy }];",
    replace: 'return [name, { disposition: done, prompts: promptedBy }];',
  },
  {
    name: 'a decision is carried out before it is written',
    file: 'shared/app/capacity/scale-group.ts',
    find: "if (!(await ports.ledger.write(decision.group, planned, entry))) return 'again';\n\n  ports",
    replace: "if (planned === undefined) return 'again';\n  const _ = entry;\n\n  ports",
  },
  {
    name: 'a lost race is run again without end',
    file: 'shared/app/lane/retry-lost-race.ts',
    find: 'if (attempt < MAX_ATTEMPTS) observation = await observeAgain(observation);',
    replace: 'if (observeAgain) attempt -= 1;',
  },
  {
    name: 'a message that fails is logged as it came',
    file: 'shared/lambda/end-message.ts',
    find: 'error: disposition.error,',
    replace: 'error: new Error(record.body),',
  },
  {
    name: 'a capacity is set although it is the same',
    file: 'shared/domain/ledger/decision.ts',
    find: 'decision.from !== decision.to',
    replace: 'decision.from <= decision.to',
  },
  {
    name: 'a scale-in waits for nothing',
    file: 'shared/domain/capacity/gates/cooldown.ts',
    find: 'capacity > current ? waitOut(group, head) : waitIn(observation)',
    replace: 'waitOut(group, head)',
  },
  {
    name: 'the healer does not ask for the tag',
    file: 'shared/domain/health/guards/guards.ts',
    find: 'if (!state.isManaged) {',
    replace: 'if (state.capacityDesired < 0) {',
  },
  {
    name: 'the healer counts instances, not units',
    file: 'shared/domain/health/guards/pace.ts',
    find: 'const serving = members.reduce((sum, { weight }) => sum + weight, 0);',
    replace: 'const serving = members.reduce((sum) => sum + 1, 0);',
  },
];
