import { lint } from '#domain/lint/lint.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { fileWithGroup } from '#test/parse/configuration/problems-in.ts';

export const METRICS = `metrics:
  cpu: { preset: asg-cpu }
  top: { preset: asg-cpu, statistic: Maximum }
  net: { namespace: AWS/EC2, metric: NetworkIn, statistic: Average, dimensions: { AutoScalingGroupName: web-prod } }
  memory: { namespace: CWAgent, metric: mem_used_percent, statistic: Average, dimensions: { AutoScalingGroupName: web-prod } }
  requests: { preset: alb-requests-per-target, targetGroup: targetgroup/web/73e2d6bc24d8a067 }
  errors: { preset: alb-error-rate, loadBalancer: app/web/50dc6c495c0c9188, targetGroup: targetgroup/web/73e2d6bc24d8a067 }
  healthy: { namespace: AWS/ApplicationELB, metric: HealthyHostCount, statistic: Minimum, dimensions: { LoadBalancer: app/web/50dc6c495c0c9188 } }
  asked: { namespace: AWS/ApplicationELB, metric: RequestCount, statistic: Sum, dimensions: { LoadBalancer: app/web/50dc6c495c0c9188 } }
  filled: { expression: "FILL(a, 0) + b", uses: { a: requests, b: cpu } }
  bare: { expression: "a + b", uses: { a: requests, b: cpu } }
  visible: { preset: sqs-backlog, queue: jobs }
  flying: { namespace: AWS/SQS, metric: ApproximateNumberOfMessagesNotVisible, statistic: Maximum, dimensions: { QueueName: jobs } }
  work: { expression: "a + b", uses: { a: visible, b: flying } }
  orders: { namespace: Shop, metric: Orders, statistic: Sum }`;
export const NOTIFY = 'notify: { channels: { ops: { email: a@b.de } } }';

type Text = Readonly<{ min?: number; body?: string; notify?: string }>;

/** The findings about a group with these rules, hints left out. */
export const findingsOf = (rules: string, { min = 2, body = '', notify = NOTIFY }: Text = {}) => {
  const group = fileWithGroup(
    [METRICS, `capacity: { min: ${min}, max: 10 }`, `rules: { ${rules} }`, body].join('\n'),
  );
  const parsed = parseConfiguration(`${group}\n${notify}`, { file: 't.yml', prefix: 't' });
  if (!parsed.ok) throw new Error(parsed.problem.map(({ message }) => message).join('; '));
  return lint(parsed.value).filter(({ isHint }) => !isHint);
};
export const codesOf = (...args: Parameters<typeof findingsOf>) =>
  findingsOf(...args).map(({ code }) => code);
export const of = (code: string, ...args: Parameters<typeof findingsOf>) =>
  findingsOf(...args).filter((finding) => finding.code === code);
