import { ok } from '#domain/basics/result.ts';
import type { Peer } from '#domain/configuration/standby.ts';
import { quote } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { textWords } from './words.ts';

const EXPECTED =
  'an Auto Scaling group, after the Region that it is in: eu-west-1/web, or web alone in this Region';

/** Another Auto Scaling group. What stands before the first slash is its Region if it looks like one. */
export const peer = textWords<Peer>({
  expected: EXPECTED,
  schema: { pattern: String.raw`^[\x20-\x39\x3b-\x7e]{1,300}$`, examples: ['eu-west-1/web'] },
  read: (text) => {
    const [, region, name = ''] = PEER.exec(text) ?? [];
    if (!NAME.test(name)) {
      return complain({
        code: 'bad-value',
        message: `${quote(text)} is no Auto Scaling group of a Region`,
        expected: EXPECTED,
      });
    }
    return ok(
      region === undefined ? { autoScalingGroup: name } : { region, autoScalingGroup: name },
    );
  },
});

/** Names of Regions: `us-east-1`, `us-gov-west-1`, `ap-southeast-4`. */
const PEER = /^(?:([a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2})\/)?(.*)$/;
/** AWS forbids the colon in the name of a group, so an ARN is told apart. */
const NAME = /^[\x20-\x39\x3b-\x7e]{1,255}$/;
