import type { SurveyedGroup } from '#aws/survey/survey.ts';

/** The measure that says best how many instances a group needs. */
export type GroupKind = 'requests' | 'flows' | 'queue' | 'cpu';

/** Finds it by what stands before the group: a load balancer, a queue that its policies go by, or nothing. */
export const kindOf = ({ servedBy, queues }: SurveyedGroup): GroupKind => {
  const has = (start: string): boolean =>
    servedBy.some(({ loadBalancer }) => loadBalancer.startsWith(start));
  if (has('app/')) return 'requests';
  if (queues.length > 0) return 'queue';
  return has('net/') ? 'flows' : 'cpu';
};

/** The reason why Tidegate has nothing to do with a group; nothing when it has. */
export const reasonToLeave = ({ tags, min, max }: SurveyedGroup): string | undefined => {
  const other = CONTROLLERS.find(({ isMark }) => Object.keys(tags).some(isMark));
  if (other !== undefined) return `${other.name} changes it, and two controllers undo each other`;
  if (min === max) return `its MinSize and MaxSize are both ${max}: there is nothing to scale`;
  return undefined;
};

type Controller = Readonly<{ name: string; isMark: (key: string) => boolean }>;

/** Those that tag the groups which they make or change. */
const CONTROLLERS: readonly Controller[] = [
  { name: 'Amazon EKS', isMark: (key) => /^(?:eks:|kubernetes\.io\/cluster\/)/.test(key) },
  {
    name: 'the Cluster Autoscaler of Kubernetes',
    isMark: (key) => /^k8s\.io\/cluster-autoscaler\//.test(key),
  },
  { name: 'a capacity provider of Amazon ECS', isMark: (key) => key === 'AmazonECSManaged' },
  { name: 'AWS Batch', isMark: (key) => key === 'AWSBatchServiceTag' },
  { name: 'AWS Elastic Beanstalk', isMark: (key) => key.startsWith('elasticbeanstalk:') },
];
