import { alarmNameOf, alertRule, healthRule } from '#parse/configuration/normalise/alarm-name.ts';
import { formOf } from '#parse/rules/rules.ts';
import { quote } from '../describe-value.ts';
import type { AlertDraft, GroupDraft } from '../draft.ts';
import type { Fault, Path } from '../fault.ts';

/** The names of the alarms that the deployment will make are valid, and no two are the same. */
export const checkAlarmNames = ({ groups, alerts }: Drafts, prefix: string): readonly Fault[] => {
  const owners = new Map<string, Path>();

  return [
    ...groups.flatMap((group) => alarmsOf(group, prefix)),
    ...alerts.flatMap((alert) => alarmOfAlert(alert, prefix)),
  ].flatMap(({ name, path }) => {
    const owner = owners.get(name);
    owners.set(name, owner ?? path);
    return owner === undefined ? checkName(name, path) : [sameName({ name, path, owner })];
  });
};

type Drafts = Readonly<{ groups: readonly GroupDraft[]; alerts: readonly AlertDraft[] }>;

type ConfiguredAlarm = Readonly<{ name: string; path: Path }>;

const alarmsOf = (
  { name: group, path, rules, watched }: GroupDraft,
  prefix: string,
): ConfiguredAlarm[] => {
  const generated = [...rules].filter(
    ([, { kind, given }]) => formOf(kind).condition(given) !== undefined,
  );

  return [
    ...Array.from({ length: watched }, (_, index) => ({
      name: alarmNameOf({ prefix, group, rule: healthRule(index) }),
      path: [...path, 'health'],
    })),
    ...generated.map(([rule]) => ({
      name: alarmNameOf({ prefix, group, rule }),
      path: [...path, 'rules', rule],
    })),
  ];
};

const alarmOfAlert = (
  { name, path, given: { group } }: AlertDraft,
  prefix: string,
): ConfiguredAlarm[] =>
  group === undefined
    ? []
    : [{ name: alarmNameOf({ prefix, group, rule: alertRule(name) }), path }];

const checkName = (name: string, path: Path): readonly Fault[] =>
  NAME.test(name)
    ? []
    : [
        {
          path,
          at: 'key',
          code: 'bad-name',
          message: `its alarm would be named ${quote(name)}, of ${name.length} characters`,
          expected: 'up to 255 letters, digits, hyphens, dots and underscores',
          suggestion: 'shorten or change the name of the service, the stage, the group or the rule',
        },
      ];

const sameName = ({ name, path, owner }: ConfiguredAlarm & Readonly<{ owner: Path }>): Fault => ({
  path,
  at: 'key',
  code: 'conflict',
  message: `its alarm would be named ${quote(name)}, as that of ${owner.slice(1).join('.')}`,
  expected: 'a name that no other alarm has',
});

const NAME = /^[A-Za-z0-9._-]{1,255}$/;
