import { describe, expect, test } from '@jest/globals';
import { memberOf } from '#domain/configuration/fleet.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { fileWithGroup, linesOf } from './problems-in.ts';

const standbyOf = (of: string) => {
  const text = fileWithGroup(`standby: { of: ${of}, min: 60% }`);
  const result = parseConfiguration(text, { prefix: 'tidegate-dev', file: 'tidegate.yml' });
  return result.ok ? result.value.groups[0]?.standby : result.problem;
};

describe('a group that stands in for another one', () => {
  test.each([
    ['eu-west-1/web', { region: 'eu-west-1', autoScalingGroup: 'web' }],
    ['us-gov-west-1/web', { region: 'us-gov-west-1', autoScalingGroup: 'web' }],
    ['eu-west-1/team/web', { region: 'eu-west-1', autoScalingGroup: 'team/web' }],
    ['web-b', { autoScalingGroup: 'web-b' }],
    ['team/web', { autoScalingGroup: 'team/web' }],
  ])('names it as %s', (of, peer) => {
    expect(standbyOf(of)).toEqual({ of: peer, minPercent: 60 });
  });

  test.each([
    ['{ min: 60% }', 'missing-key groups.web.standby.of: "of" is missing'],
    ['{ of: web-b }', 'missing-key groups.web.standby.min: "min" is missing'],
    ['{ of: web-b, min: 0% }', 'out-of-range groups.web.standby.min: found "0%"'],
    ['{ of: web-b, min: 101% }', 'out-of-range groups.web.standby.min: found "101%"'],
    ['{ of: web-b, min: 3 }', 'wrong-type groups.web.standby.min: found the number 3'],
    ['{ of: eu-west-1/, min: 60% }', 'is no Auto Scaling group of a Region'],
    ['{ of: "arn:aws:x", min: 60% }', 'is no Auto Scaling group of a Region'],
    ['{ of: "a\\nb", min: 60% }', 'is no Auto Scaling group of a Region'],
    ['{ of: web-prod, min: 60% }', 'groups.web.standby.of: "web-prod" is the group itself'],
  ])('is refused as %s', (standby, line) => {
    expect(linesOf(fileWithGroup(`standby: ${standby}`))).toContainEqual(
      expect.stringContaining(line),
    );
  });

  test('may have the name of the other one, in another Region', () => {
    expect(linesOf(fileWithGroup('standby: { of: eu-west-1/web-prod, min: 60% }'))).toEqual([]);
  });
});

describe('the members of a fleet', () => {
  const fleetWith = (of: string): string => `version: 1
fleets:
  web:
    select: { tags: { tier: web } }
    standby: { of: "${of}", min: 60% }`;

  test.each([
    ['eu-west-1/{autoScalingGroup}', { region: 'eu-west-1', autoScalingGroup: 'web-7' }],
    ['eu-west-1/{autoScalingGroup}-b', { region: 'eu-west-1', autoScalingGroup: 'web-7-b' }],
    ['old/{autoScalingGroup}', { autoScalingGroup: 'old/web-7' }],
  ])('stand in each for a group of its own, named as %s', (of, peer) => {
    const result = parseConfiguration(fleetWith(of), { prefix: 'tidegate-dev', file: 'x' });
    const fleet = result.ok ? result.value.fleets?.[0] : undefined;
    expect(fleet && memberOf(fleet, 'web-7').standby).toEqual({ of: peer, minPercent: 60 });
  });

  test.each([
    ['eu-west-1/web-b', '"web-b" is one group, and each member needs a peer of its own'],
    ['{autoScalingGroup}', '"{autoScalingGroup}" is each member itself'],
  ])('do not stand in for %s', (of, line) => {
    expect(linesOf(fleetWith(of))).toEqual([
      expect.stringContaining(`fleets.web.standby.of: ${line}`),
    ]);
  });
});
