import { partitionOf } from '#domain/basics/partition.ts';
import { err } from '#domain/basics/result.ts';
import { nearest } from '#parse/configuration/nearest.ts';
import { text } from '#parse/configuration/words/text.ts';
import type { Words } from '#parse/configuration/words/words.ts';

/** The service or the stage of a deployment: together they are the name of its CloudFormation stack. */
export const partOfStack = text({
  expected: 'letters, digits and hyphens, as serverless.yml has it',
  pattern: /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/,
  examples: ['prod'],
});

/** The ways to write a Region: one of a partition that is known. */
const regionText = text({
  expected: 'an AWS Region, such as eu-west-1',
  pattern: /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/,
  examples: ['eu-west-1', 'us-east-1'],
  explain: (found) => {
    const zone = /^([a-z]{2,4}(?:-[a-z]+)+-\d{1,2})[a-z]$/.exec(found)?.[1];
    const repaired = zone ?? found.trim().toLowerCase().replaceAll('_', '-');
    return partitionOf(repaired) === undefined
      ? undefined
      : { suggestion: `did you mean "${repaired}"?` };
  },
});

const PREFIXES = 'af, ap, ca, cn, eu, eusc, il, me, mx, sa, us';

/** A Region; one that begins with no word of AWS is a slip. */
export const region: Words<string> = {
  ...regionText,
  read: (value) => {
    const read = regionText.read(value);
    if (!read.ok || partitionOf(read.value) !== undefined) return read;
    const dash = read.value.indexOf('-');
    const prefix = read.value.slice(0, dash);
    const meant = nearest(prefix, PREFIXES.split(', '));
    return err({
      code: 'bad-value',
      message: `found "${read.value}", and no Region begins like that`,
      expected: `${regionText.expected}; Regions begin with one of ${PREFIXES}`,
      ...(meant === undefined || meant === prefix
        ? {}
        : { suggestion: `did you mean "${meant}${read.value.slice(dash)}"?` }),
    });
  },
};

/** A section of the files of the AWS command line (https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html). */
export const profile = text({
  expected: 'the name of a profile in ~/.aws/config',
  pattern: /^[^\s[\]"'](?:[^[\]"'\n]{0,126}[^\s[\]"'])?$/,
  examples: ['shop-prod'],
  explain: (found) => {
    const name = /^\[?(?:profile )([^\]]+)\]?$/.exec(found)?.[1];
    return name === undefined ? undefined : { suggestion: `did you mean "${name}"?` };
  },
});

/** The ARN of a role (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html). */
export const roleArn = text({
  expected: 'the ARN of a role, such as arn:aws:iam::123456789012:role/tidegate-reader',
  pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\x21-\x7e]{1,576}$/,
  examples: ['arn:aws:iam::123456789012:role/tidegate-reader'],
  explain: (found) => {
    const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)/.exec(found);
    if (session !== null) {
      const [, partition, account, name] = session;
      return {
        suggestion: `this is a session of a role; the role itself is "arn:${partition}:iam::${account}:role/${name}"`,
      };
    }
    return /^[\w+=,.@-]+$/.test(found)
      ? {
          suggestion: `a role of another account needs its whole ARN: arn:aws:iam::ACCOUNT:role/${found}`,
        }
      : undefined;
  },
});

/** The name of a DynamoDB table (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html). */
export const tableName = text({
  expected: 'the name of a DynamoDB table: 3 to 255 letters, digits, dots, hyphens and underscores',
  pattern: /^[A-Za-z0-9._-]{3,255}$/,
  examples: ['tidegate-prod-Table-1ABCDEF'],
});

/** The path of a file of this machine. */
export const filePath = text({
  expected: 'the path of a tidegate.yml, from the folder of this file',
  pattern: /^[^\0\n]{1,1024}$/,
  examples: ['us/tidegate.yml'],
});
