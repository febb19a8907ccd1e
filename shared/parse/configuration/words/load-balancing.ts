import { ok, type Result } from '#domain/basics/result.ts';
import { quote } from '../describe-value.ts';
import { type Complaint, complain } from '../fault.ts';
import { textWords, type Words } from './words.ts';

/** A target group by its ARN, or by the value of CloudWatch's TargetGroup dimension, which is kept. */
export const targetGroup: Words<string> = dimensionOrArn({
  expected: 'targetgroup/NAME/ID or the ARN that ends in it',
  value: 'targetgroup/[A-Za-z0-9-]{1,32}/[0-9a-f]{8,32}',
  arn: String.raw`arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:`,
  examples: ['targetgroup/web/73e2d6bc24d8a067'],
  howToFind: (name) =>
    `aws elbv2 describe-target-groups --names ${name} --query 'TargetGroups[0].TargetGroupArn' --output text`,
});

/** A load balancer by its ARN, or by the value of CloudWatch's LoadBalancer dimension, which is kept. */
export const loadBalancer: Words<string> = balancer({
  kinds: '(?:app|net)',
  expected: 'app/NAME/ID, net/NAME/ID or the ARN that ends in it',
  examples: ['app/web/50dc6c495c0c9188', 'net/web/50dc6c495c0c9188'],
});

/** A load balancer that speaks HTTP; only these count requests, errors and response times. */
export const applicationLoadBalancer: Words<string> = balancer({
  kinds: 'app',
  expected: 'app/NAME/ID or the ARN that ends in it, of an Application Load Balancer',
  examples: ['app/web/50dc6c495c0c9188'],
});

/** A load balancer for connections; only these count flows and all bytes. */
export const networkLoadBalancer: Words<string> = balancer({
  kinds: 'net',
  expected: 'net/NAME/ID or the ARN that ends in it, of a Network Load Balancer',
  examples: ['net/web/50dc6c495c0c9188'],
});

type Balancer = Readonly<{ kinds: string; expected: string; examples: readonly string[] }>;

function balancer({ kinds, expected, examples }: Balancer): Words<string> {
  return dimensionOrArn({
    expected,
    value: `${kinds}/[A-Za-z0-9-]{1,32}/[0-9a-f]{8,32}`,
    arn: String.raw`arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer/`,
    examples,
    howToFind: (name) =>
      `aws elbv2 describe-load-balancers --names ${name} --query 'LoadBalancers[0].LoadBalancerArn' --output text`,
  });
}

type Dimension = Readonly<{
  expected: string;
  value: string;
  arn: string;
  examples: readonly string[];
  howToFind: (name: string) => string;
}>;

function dimensionOrArn({ expected, value, arn, examples, howToFind }: Dimension): Words<string> {
  const pattern = new RegExp(`^(?:${arn})?(${value})$`);
  const read = (text: string): Result<string, Complaint> => {
    const dimension = pattern.exec(text)?.[1];
    if (dimension !== undefined) return ok(dimension);

    const name = NAME.test(text) ? text : 'NAME';
    return complain({
      code: 'bad-value',
      message: NAME.test(text) ? `${quote(text)} is only a name` : `found ${quote(text)}`,
      expected,
      suggestion: `find the value with: ${howToFind(name)}`,
    });
  };

  return textWords({ expected, schema: { pattern: pattern.source, examples }, read });
}

const NAME = /^[A-Za-z0-9-]{1,32}$/;
