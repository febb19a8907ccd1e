import { ok } from '#domain/basics/result.ts';
import { quote } from '../describe-value.ts';
import { type Complaint, complain } from '../fault.ts';
import { didYouMean } from '../nearest.ts';
import { METRIC_NAMES, plainNames } from './names.ts';
import { QUOTE_IT, textWords, type Words } from './words.ts';

type TextShape = Readonly<{
  expected: string;
  pattern: RegExp;
  examples: readonly string[];
  /** Explains a frequent mistake better than the pattern can. */
  explain?: (text: string) => Partial<Complaint> | undefined;
}>;

/** Text of a fixed shape, passed on as it stands. */
export const text = ({ expected, pattern, examples, explain }: TextShape): Words<string> =>
  textWords({
    expected,
    schema: { pattern: pattern.source, examples },
    advise: (value) => (forms(value).some((form) => pattern.test(form)) ? QUOTE_IT : undefined),
    read: (found) =>
      pattern.test(found)
        ? ok(found)
        : complain({
            code: 'bad-value',
            message: found === '' ? 'found an empty text' : `found ${quote(found)}`,
            expected,
            ...explain?.(found),
          }),
  });

/** The texts that a value may have been: the ids of accounts begin with zeros, too, which a number does not keep. */
const forms = (value: number | boolean): readonly string[] => [
  String(value),
  String(value).padStart(12, '0'),
];

/** The name of an Auto Scaling group; AWS forbids the colon, so an ARN is told apart. */
export const autoScalingGroupName = text({
  expected: 'the name of an Auto Scaling group: up to 255 characters without a colon',
  pattern: /^[\x20-\x39\x3b-\x7e]{1,255}$/,
  examples: ['web-prod'],
  explain: (found) => didYouMean(/autoScalingGroupName\/(.+)$/.exec(found)?.[1]),
});

export const namespace = text({
  expected: 'a CloudWatch namespace, such as AWS/EC2 or MyCompany/Web',
  pattern: /^[^:][\x20-\x7e]{0,254}$/,
  examples: ['AWS/EC2', 'CWAgent', 'MyCompany/Web'],
});

export const metricName = text({
  expected: 'the name of a CloudWatch metric, such as CPUUtilization',
  pattern: /^[\x20-\x7e]{1,255}$/,
  examples: ['CPUUtilization', 'mem_used_percent'],
});

export const dimensionValue = text({
  expected: 'the value of a dimension, up to 1,024 characters',
  pattern: /^[\x20-\x7e]{1,1024}$/,
  examples: ['web-prod'],
});

export const tagValue = text({
  expected: 'the value of a tag, up to 256 characters',
  pattern: /^[\x20-\x7e\u00a0-\uffff]{0,256}$/,
  examples: ['web'],
});

export const alarmName = text({
  expected: 'the name of an alarm in this account and Region, up to 255 characters',
  pattern: /^(?!arn:aws)[ -~\u00a0-\uffff]{1,255}$/,
  examples: ['web-latency-high'],
  explain: (found) => {
    const [, account, name] = /^arn:[^:]+:cloudwatch:[^:]*:(\d*):alarm:(.+)$/.exec(found) ?? [];
    if (name === undefined) return undefined;
    return {
      suggestion: `if it is an alarm of this account and Region, write its name: "${name}". An alarm of another account cannot be read: write a condition over its metric, with account: "${account}"`,
    };
  },
});

export const queueName = text({
  expected: 'the name of an SQS queue, such as orders or orders.fifo',
  pattern: /^[A-Za-z0-9_-]{1,80}(\.fifo)?$/,
  examples: ['orders', 'orders.fifo'],
  explain: (found) => didYouMean(/[:/]([A-Za-z0-9_-]+(?:\.fifo)?)$/.exec(found)?.[1]),
});

export const expression = text({
  expected: 'a CloudWatch metric math expression of up to 2,048 characters',
  pattern: /^[\s -~\u00a0-\uffff]{1,2048}$/,
  examples: ['100 * FILL(errors, 0) / requests'],
});

/** A query of CloudWatch Metrics Insights (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html). */
export const insightsQuery = text({
  expected:
    'a Metrics Insights query of up to 2,048 characters: SELECT, one of AVG, COUNT, MAX, MIN and SUM of a metric, and FROM',
  pattern:
    /^(?=[\s -~\u00a0-\uffff]{1,2048}$)\s*[Ss][Ee][Ll][Ee][Cc][Tt]\s+(?:[Aa][Vv][Gg]|[Cc][Oo][Uu][Nn][Tt]|[Mm][Aa][Xx]|[Mm][Ii][Nn]|[Ss][Uu][Mm])\s*\([^()]{1,260}\)\s*[Ff][Rr][Oo][Mm]\s/,
  examples: ['SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)'],
});

export const accountId = text({
  expected: 'the id of an AWS account between quotation marks: "123456789012"',
  pattern: /^\d{12}$/,
  examples: ['123456789012'],
});

export const emailAddress = text({
  expected: 'an e-mail address, such as ops@example.com',
  pattern: /^(?!.{255})[^\s@<>"(),:;\\[\]]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
  examples: ['ops@example.com'],
});

export const slackChannelId = text({
  expected:
    "Slack's id of a channel, such as C024BE91L; it stands at the end of the channel's details",
  pattern: /^[CDG][A-Z0-9]{6,30}$/,
  examples: ['C024BE91L'],
});

export const httpsUrl = text({
  expected: 'an address that begins with https://',
  pattern: /^(?!.{701})https:\/\/[^\s<>|"'`\\(){}[\]]+$/,
  examples: ['https://wiki.example.com/web'],
});

export const metricReference = text({
  expected: 'the name of another metric of the group',
  pattern: METRIC_NAMES.pattern,
  examples: ['requests'],
});

export const groupReference = text({
  expected: 'the name of a group under groups',
  pattern: plainNames('a group').pattern,
  examples: ['web'],
});

export const channelReference = text({
  expected: 'the name of a channel under notify.channels',
  pattern: plainNames('a channel').pattern,
  examples: ['ops'],
});

/** The name of a metric that a rule reads itself. */
export const ruleMetric = text({
  expected: 'the name of a metric of the group',
  pattern: METRIC_NAMES.pattern,
  examples: ['requests'],
});

export const ballotName = text({
  expected: 'a name of your choice: a lower-case letter, then letters, digits and hyphens',
  pattern: plainNames('a ballot').pattern,
  examples: ['load'],
});
