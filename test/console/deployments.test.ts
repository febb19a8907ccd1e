import { describe, expect, test } from '@jest/globals';
import {
  badgeOfDeployment,
  type DeploymentCard,
  type DeploymentSeen,
  describeSeen,
  describeTroubled,
} from '#console/page/deployments.ts';
import type { GroupCounts } from '#domain/status/count-groups.ts';
import { minutes, NOON } from '#test/support/builders.ts';

const counts = (change: Partial<GroupCounts> = {}): GroupCounts => ({
  groups: 3,
  unseen: 0,
  incidents: 0,
  firing: 0,
  held: 0,
  atMax: 0,
  atMin: 0,
  ...change,
});
const seen = (change: Partial<DeploymentSeen> = {}): DeploymentSeen => ({
  at: NOON,
  counts: counts(),
  left: 0,
  notices: [],
  ...change,
});
const card = (change: Partial<DeploymentCard>): DeploymentCard => ({
  name: 'eu',
  place: 'stage prod of tidegate',
  ...change,
});
const FAILURE = { message: 'AWS does not allow it', help: 'sign in' };

describe('the sign beside the name of a deployment', () => {
  test.each<Readonly<{ title: string; of: Partial<DeploymentCard>; tone: string; text: string }>>([
    { title: 'before the first look', of: {}, tone: 'calm', text: 'not seen yet' },
    { title: 'that gave no answer', of: { failure: FAILURE }, tone: 'bad', text: 'no answer' },
    {
      title: 'that gave no answer any more',
      of: { seen: seen(), failure: FAILURE },
      tone: 'bad',
      text: 'no answer',
    },
    {
      title: 'with an incident',
      of: { seen: seen({ counts: counts({ incidents: 1, unseen: 1, atMax: 1 }) }) },
      tone: 'bad',
      text: 'needs you',
    },
    {
      title: 'whose sweep is late',
      of: { seen: seen({ notices: [{ tone: 'bad', text: 'the sweep is late' }] }) },
      tone: 'bad',
      text: 'needs you',
    },
    {
      title: 'with a group that is not seen',
      of: { seen: seen({ counts: counts({ unseen: 1, atMax: 1 }) }) },
      tone: 'bad',
      text: 'partly unseen',
    },
    {
      title: 'with a group at its maximum',
      of: { seen: seen({ counts: counts({ atMax: 1, held: 1 }) }) },
      tone: 'warn',
      text: 'at a maximum',
    },
    {
      title: 'with a group that is held',
      of: { seen: seen({ counts: counts({ held: 1, firing: 1 }) }) },
      tone: 'held',
      text: 'held',
    },
    {
      title: 'with a group that fires',
      of: { seen: seen({ counts: counts({ firing: 1 }) }) },
      tone: 'out',
      text: 'firing',
    },
    {
      title: 'whose groups are at their minimum',
      of: { seen: seen({ counts: counts({ atMin: 3 }) }) },
      tone: 'calm',
      text: 'steady',
    },
  ])('$title is "$text"', ({ of, tone, text }) => {
    expect(badgeOfDeployment(card(of))).toEqual({ tone, text });
  });
});

describe('the line of a deployment', () => {
  test('counts its groups, and tells the last change and its own age', () => {
    const line = seen({
      counts: counts({
        groups: 12,
        incidents: 1,
        unseen: 1,
        firing: 2,
        held: 3,
        atMax: 1,
        atMin: 4,
      }),
      left: 7,
      lastChange: { group: 'web', at: NOON - minutes(4), from: 4, to: 6 },
    });

    expect(describeSeen(line, NOON + 20_000)).toBe(
      '12 groups: 1 with an open incident, 1 not seen, 2 firing, 3 held, 1 at the maximum, 4 at the minimum; ' +
        '7 members of fleets not looked at; last change 4 min 20 s ago: web 4 → 6; seen 20 s ago',
    );
  });

  test('is short where nothing is to be said', () => {
    expect(describeSeen(seen({ counts: counts({ groups: 1 }) }), NOON)).toBe(
      '1 group; no change known; seen 0 s ago',
    );
  });
});

test('a screen reader hears which deployments need somebody, and nothing of quiet ones', () => {
  const page = (...deployments: readonly DeploymentCard[]) => ({
    title: 'Tidegate',
    subtitle: '',
    now: NOON,
    deployments,
  });

  expect(
    describeTroubled(page(card({ failure: FAILURE }), card({ name: 'us', seen: seen() }))),
  ).toBe('To look at: eu no answer');
  expect(describeTroubled(page(card({ seen: seen() })))).toBe('');
});
