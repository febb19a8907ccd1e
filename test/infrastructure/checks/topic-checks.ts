import {
  at,
  type Check,
  type CompiledTemplate,
  idIn,
  list,
  properties,
  resourcesOf,
} from './compiled-template.ts';
import { resourceStatements, statementsIn } from './statements.ts';

const subscriptionsOf = (template: CompiledTemplate) =>
  resourcesOf(template, 'AWS::SNS::Subscription').map(([id, { Properties }]) => ({
    id,
    Properties,
    topic: idIn(Properties.TopicArn),
    endpoint: idIn(Properties.Endpoint),
  }));

/** May the topic send to the queue? */
const mayDeliver = (template: CompiledTemplate, topic: string, queue: string): boolean =>
  resourceStatements(template).some(
    ({ effect, actions, principal, resources, condition }) =>
      effect === 'Allow' &&
      actions.includes('sqs:SendMessage') &&
      at(principal, 'Service') === 'sns.amazonaws.com' &&
      resources.some((resource) => idIn(resource) === queue) &&
      list(at(condition, 'ArnEquals', 'aws:SourceArn')).some((source) => idIn(source) === topic),
  );

/** Topics that any alarm speaks on. */
const alarmedTopics = (template: CompiledTemplate): readonly string[] => [
  ...new Set(
    resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) =>
      list(Properties.AlarmActions).map(idIn),
    ),
  ),
];

const ROADS = [
  'AlarmTopic ScaleQueue',
  'AlarmTopic HealQueue',
  'AlarmTopic NotifyQueue',
  'OutcomeTopic NotifyQueue',
];

export const topicChecks: readonly Check[] = [
  {
    name: 'CloudWatch may publish on every topic that alarms speak on',
    problemsIn: (template) =>
      alarmedTopics(template)
        .filter(
          (topic) =>
            !resourceStatements(template).some(
              ({ effect, actions, principal, resources, condition }) =>
                effect === 'Allow' &&
                actions.includes('sns:Publish') &&
                at(principal, 'Service') === 'cloudwatch.amazonaws.com' &&
                resources.some((resource) => idIn(resource) === topic) &&
                at(condition, 'StringEquals', 'aws:SourceAccount') !== undefined,
            ),
        )
        .map((topic) => `alarms cannot speak on ${topic}, or anybody's can`),
  },
  {
    name: 'an encrypted topic that alarms speak on has a key that CloudWatch may use',
    problemsIn: (template) =>
      alarmedTopics(template).flatMap((topic) => {
        const key = properties(template, topic).KmsMasterKeyId;
        if (key === undefined) return [];
        const { KeyPolicy, EnableKeyRotation } = properties(template, idIn(key));
        const isUsable = statementsIn(idIn(key), KeyPolicy).some(
          ({ effect, actions, principal, condition }) =>
            effect === 'Allow' &&
            at(principal, 'Service') === 'cloudwatch.amazonaws.com' &&
            actions.includes('kms:Decrypt') &&
            actions.includes('kms:GenerateDataKey*') &&
            at(condition, 'StringEquals', 'aws:SourceAccount') !== undefined,
        );
        return [
          ...(isUsable ? [] : [`CloudWatch cannot use the key of ${topic}`]),
          ...(EnableKeyRotation === true ? [] : [`the key of ${topic} is never renewed`]),
        ];
      }),
  },
  {
    name: 'the topics that wake functions are encrypted',
    problemsIn: (template) =>
      ['AlarmTopic', 'OutcomeTopic']
        .filter((topic) => properties(template, topic).KmsMasterKeyId === undefined)
        .map((topic) => `${topic} is not encrypted`),
  },
  {
    name: 'alarms reach all three functions, and outcomes reach notify',
    problemsIn: (template) => {
      const roads = subscriptionsOf(template).map(({ topic, endpoint }) => `${topic} ${endpoint}`);
      return ROADS.filter((road) => !roads.includes(road)).map((road) => `no way from ${road}`);
    },
  },
  {
    name: 'queues take what their topics send, whole and unfiltered',
    problemsIn: (template) =>
      subscriptionsOf(template)
        .filter(({ Properties }) => Properties.Protocol === 'sqs')
        .filter(
          ({ Properties, topic, endpoint }) =>
            !mayDeliver(template, topic, endpoint) ||
            // The pipe of events reads JSON, and only outcomes.
            (endpoint !== 'EventsQueue' &&
              (Properties.FilterPolicy !== undefined || Properties.RawMessageDelivery !== false)),
        )
        .map(({ id }) => `${id} is refused, filtered or without its envelope`),
  },
  {
    name: 'what cannot be delivered is kept',
    problemsIn: (template) =>
      subscriptionsOf(template)
        .filter(({ Properties, topic }) => {
          const queue = idIn(at(Properties.RedrivePolicy, 'deadLetterTargetArn'));
          return !mayDeliver(template, topic, queue);
        })
        .map(({ id }) => `${id} loses what it cannot deliver`),
  },
  {
    name: "whoever gets e-mail also hears Tidegate's own alarms, whatever notify does",
    problemsIn: (template) => {
      const mails = subscriptionsOf(template).filter(
        ({ Properties }) => Properties.Protocol === 'email',
      );
      const informed = mails
        .filter(({ topic }) => topic === 'OperationsTopic')
        .map(({ Properties }) => Properties.Endpoint);
      return [
        ...(mails.length === 0 ? ['nobody gets e-mail'] : []),
        ...mails
          .filter(({ Properties }) => !informed.includes(Properties.Endpoint))
          .map(({ id }) => `${id} hears nothing of Tidegate itself`),
      ];
    },
  },
  {
    name: 'queues and topics refuse whoever does not use TLS',
    problemsIn: (template) => {
      const guarded = resourceStatements(template)
        .filter(
          ({ effect, principal, condition }) =>
            effect === 'Deny' &&
            principal === '*' &&
            at(condition, 'Bool', 'aws:SecureTransport') === 'false',
        )
        .flatMap(({ resources }) => resources.map(idIn));
      return ['AWS::SQS::Queue', 'AWS::SNS::Topic']
        .flatMap((type) => resourcesOf(template, type))
        .filter(([id]) => !guarded.includes(id))
        .map(([id]) => `${id} can be used in plain text`);
    },
  },
  {
    name: 'a policy lets nobody in without saying on whose behalf',
    problemsIn: (template) =>
      resourceStatements(template)
        .filter(({ effect }) => effect === 'Allow')
        .filter(({ principal, condition }) => {
          const isOwner = String(at(principal, 'AWS', 'Fn::Sub')).endsWith(OWNER);
          const keys = Object.values(condition ?? {}).flatMap((each) => Object.keys(each));
          const isBound = keys.some((key) => SOURCES.includes(key));
          return !isOwner && !(at(principal, 'Service') !== undefined && isBound);
        })
        .map(({ owner }) => `${owner} lets anybody in`),
  },
];

const OWNER = `:iam::\${AWS::AccountId}:root`;
const SOURCES = ['aws:SourceArn', 'aws:SourceAccount'];
