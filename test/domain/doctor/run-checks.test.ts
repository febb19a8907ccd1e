import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Checkup } from '#domain/doctor/checkup.ts';
import { runChecks } from '#domain/doctor/run-checks.ts';
import { HEALTH_ALARM } from '#test/support/builders.ts';
import { aCheckup, soundGroup, soundShards } from '#test/support/checkup.ts';
import { stateless, topicless, withAlarms } from '#test/support/checkup-changes.ts';
import { FLEET_MISTAKES, SOUND_FLEET } from './fleet-mistakes.ts';
import { GROUP_MISTAKES } from './group-mistakes.ts';
import { TARGET_MISTAKES } from './target-mistakes.ts';
import { WAY_MISTAKES } from './way-mistakes.ts';

const MISTAKES = [...GROUP_MISTAKES, ...TARGET_MISTAKES, ...WAY_MISTAKES, ...FLEET_MISTAKES];

describe('the doctor', () => {
  test('finds nothing on a sound set-up', () => {
    const reports = runChecks(aCheckup());

    expect(reports.flatMap(({ findings }) => findings)).toEqual([]);
    expect(reports.map(({ subject, sound }) => [subject, sound.length])).toEqual([
      ['stack tidegate-dev', 5],
      ['group web', 33],
    ]);
  });

  test('looks at the shards of a sweep where there are any', () => {
    const about = (checkup: Checkup) => {
      const [stack] = runChecks(checkup);
      return {
        sound: stack?.sound.filter((sentence) => sentence.includes('shard')),
        unseen: stack?.notLookedAt.filter(({ check }) => check.includes('shard')).length,
        findings: stack?.findings.map(({ code }) => code),
      };
    };
    const unread = [{ what: 'the shards of its sweep', why: 'AccessDenied' }] as const;
    const sound = [
      'the sweep dropped no shard in the last hour',
      'no shard of the sweep lies in its dead-letter queue',
    ];

    expect(about(aCheckup())).toEqual({ sound: [], unseen: 0, findings: [] });
    expect(about(aCheckup({ shards: soundShards }))).toEqual({ sound, unseen: 0, findings: [] });
    expect(about(aCheckup({ unread }))).toEqual({ sound: [], unseen: 2, findings: ['unread'] });
  });

  test('finds nothing in a sound fleet, and does not take for sound one that no table tells of', () => {
    const [, fleet] = runChecks(SOUND_FLEET);
    expect(fleet).toMatchObject({
      subject: 'fleet shops',
      findings: [],
      sound: ['it has members', 'no other fleet selects its groups'],
    });

    const [facts] = SOUND_FLEET.fleets;
    const { members: _members, ...unknown } = facts!;
    const [, unseen] = runChecks({ ...SOUND_FLEET, fleets: [unknown] });
    expect(unseen).toMatchObject({ findings: [], sound: [] });
    expect(unseen?.notLookedAt).toHaveLength(2);
  });

  test.each(MISTAKES)('finds $code: $says', ({ code, verdict = 'error', checkup, says }) => {
    const [finding, ...others] = runChecks(checkup)
      .flatMap(({ findings }) => findings)
      .filter((each) => each.code === code);

    expect(finding).toMatchObject({ code, verdict, message: says });
    expect(finding?.fix).toMatch(/\w{3}/);
    expect(others).toEqual([]);
  });

  test.each([
    {
      code: 'aws-policies',
      fix: "aws autoscaling delete-policy --auto-scaling-group-name web-prod --policy-name 'cpu 50', and so each of the others",
      checkup: aCheckup(
        {},
        {
          policies: ['cpu 50', 'steps'].map((name) => ({
            name,
            type: 'StepScaling',
            isEnabled: true,
          })),
        },
      ),
    },
    {
      code: 'alarm-muted',
      fix: `aws cloudwatch enable-alarm-actions --alarm-names ${HEALTH_ALARM}`,
      checkup: withAlarms({ actionsEnabled: false }, HEALTH_ALARM),
    },
  ])('gives a command that can be pasted against $code', ({ code, fix, checkup }) => {
    const findings = runChecks(checkup).flatMap((report) => report.findings);

    expect(findings.find((each) => each.code === code)?.fix).toBe(fix);
  });

  test('finds nothing else beside each', () => {
    const beside = MISTAKES.flatMap(({ code, checkup }) =>
      runChecks(checkup)
        .flatMap(({ findings }) => findings)
        .filter((each) => each.code !== code)
        .map((each) => `${code} ${each.code}`),
    );

    expect(beside).toEqual([]);
  });

  test('has each of its findings in this table and in its documentation', () => {
    const tried = new Set(MISTAKES.map(({ code }) => code));
    const text = readFileSync('docs/doctor.md', 'utf8');
    const documented = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);

    expect(new Set(documented)).toEqual(tried);
    expect(documented).toHaveLength(tried.size);
  });

  test('takes nothing for sound that it could not look at', () => {
    const unread = [{ what: 'its alarms', why: 'Throttling' }] as const;
    const [, group] = runChecks(aCheckup({}, { alarms: [], unread }));

    expect(group?.sound.filter((sentence) => sentence.includes('alarm'))).toEqual([]);
    expect(group?.findings.map(({ code }) => code)).toEqual(['unread']);
    expect(group?.notLookedAt).toContainEqual({
      check: 'every alarm has data',
      why: 'its alarms could not be read',
      isNeedless: false,
    });
  });

  test('says nothing of mailboxes when the topic could not be read', () => {
    const unread = [{ what: 'the alarm topic', why: 'AccessDenied' }] as const;
    const [stack] = runChecks({ ...aCheckup(), deployment: { ...topicless, mail: [], unread } });

    expect(stack?.sound).toEqual(['every webhook is kept as a SecureString']);
  });

  test('says of alarms whether they tell the topic only if there is one', () => {
    const [, group] = runChecks({ ...aCheckup(), deployment: topicless });

    expect(group?.sound).not.toContain('every alarm tells the alarm topic');
    expect(group?.notLookedAt).toContainEqual({
      check: 'every alarm tells the alarm topic',
      why: 'there is no alarm topic',
      isNeedless: false,
    });
  });

  test('says of a group that could not be read only that', () => {
    const unread = [{ what: 'the Auto Scaling group', why: 'Throttling' }] as const;
    const [, group] = runChecks({ ...aCheckup(), groups: [{ ...stateless, unread }] });

    expect(group).toMatchObject({ sound: [], findings: [{ code: 'unread' }] });
    expect(group?.notLookedAt.length).toBe(35);
    expect(new Set(group?.notLookedAt.map(({ why }) => why))).toEqual(
      new Set(['the Auto Scaling group could not be read']),
    );
  });

  test('says nothing of targets where nobody heals', () => {
    const { health: _none, ...group } = soundGroup.group;
    const [, report] = runChecks(aCheckup({}, { group, targetGroups: [] }));

    expect(report?.sound.filter((sentence) => sentence.includes('target'))).toEqual([]);
  });
});
