import { expect, test } from '@jest/globals';
import { parseShard } from '#parse/shard.ts';
import { readEvent } from '#test/support/events.ts';

const parsed = (message: unknown) => {
  const result = parseShard(typeof message === 'string' ? message : JSON.stringify(message));
  return result.ok ? result.value : result.problem.message;
};

const SHARD = { kind: 'shard', groups: ['web', 'shops/shop-7'], until: 1_772_442_060_000 };

test('a shard says which groups it has, which of their alarms fire, and until when it is worth a look', () => {
  expect(parsed(readEvent('shard'))).toEqual({
    ...SHARD,
    name: 'named-0',
    firing: [{ name: 'tidegate-dev-web-cpu-high', since: 1_772_441_940_000 }],
  });
});

test('a shard without alarms says nothing of them', () => {
  expect(parsed(SHARD)).toEqual(SHARD);
  expect(parsed({ ...SHARD, firing: [] })).toEqual({ ...SHARD, firing: [] });
});

test('a shard without a name, as the version before sends it, is read all the same', () => {
  expect(parsed(SHARD)).not.toHaveProperty('name');
});

test('a shard of very many members says in how many minutes each has its turn', () => {
  expect(parsed({ ...SHARD, turns: 50 })).toEqual({ ...SHARD, turns: 50 });
});

test.each([
  { what: 'a name that is none', message: { ...SHARD, name: 7 }, says: /^body\.name: / },
  { what: 'no minute for a turn', message: { ...SHARD, turns: 0 }, says: /^body\.turns: / },
  { what: 'half a minute for a turn', message: { ...SHARD, turns: 0.5 }, says: /^body\.turns: / },
  { what: 'a word for a turn', message: { ...SHARD, turns: 'two' }, says: /^body\.turns: / },
  { what: 'no JSON', message: 'x', says: /^body: found .*, expected a JSON object/ },
  { what: 'another kind', message: { ...SHARD, kind: 'evaluate' }, says: /^body\.kind: / },
  { what: 'no groups', message: { ...SHARD, groups: [] }, says: /a list of 1 to 500 names/ },
  {
    what: 'more groups than an invocation looks at',
    message: { ...SHARD, groups: Array.from({ length: 501 }, () => 'web') },
    says: /a list of 1 to 500 names/,
  },
  { what: 'a group that is no name', message: { ...SHARD, groups: ['web', 7] }, says: /of groups/ },
  { what: 'an empty name', message: { ...SHARD, groups: [''] }, says: /a list of 1 to 500 names/ },
  {
    what: 'a name that is longer than any',
    message: { ...SHARD, groups: ['x'.repeat(511)] },
    says: /a list of 1 to 500 names/,
  },
  {
    what: 'groups that are no list',
    message: { ...SHARD, groups: 'web' },
    says: /^body\.groups: /,
  },
  {
    what: 'an alarm without a time',
    message: { ...SHARD, firing: [{ name: 'a' }] },
    says: /^body\.firing: /,
  },
  {
    what: 'an alarm without a name',
    message: { ...SHARD, firing: [{ since: 1 }] },
    says: /^body\.firing: /,
  },
  {
    what: 'an alarm with an empty name',
    message: { ...SHARD, firing: [{ name: '', since: 1 }] },
    says: /^body\.firing: /,
  },
  {
    what: 'an alarm that is a name alone',
    message: { ...SHARD, firing: ['a'] },
    says: /^body\.firing: /,
  },
  { what: 'alarms that are no list', message: { ...SHARD, firing: 'a' }, says: /^body\.firing: / },
  { what: 'no end', message: { ...SHARD, until: '9:01' }, says: /^body\.until: / },
])('$what is refused, with a reason', ({ message, says }) => {
  expect(parsed(message)).toMatch(says);
});
