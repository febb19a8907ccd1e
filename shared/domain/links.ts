import type { News } from './news.ts';
import type { Surroundings } from './surroundings.ts';

/** Where to read on. The address is one of AWS's console, or the operators' own. */
export type Link = Readonly<{ name: string; url: string }>;

/** The group and the alarm in AWS's console, and what the operators have written down for the case. */
export const linksOf = (news: News, surroundings: Surroundings): readonly Link[] => {
  if (news.kind === 'channel') return [];

  const alert = news.kind === 'alarm' ? news.alert : undefined;
  const name = news.kind === 'alarm' ? alert?.group : news.group;
  const group = surroundings.groups?.find((each) => each.name === name);
  return [
    ...named('Runbook', alert?.runbook ?? group?.runbook),
    ...named('Dashboard', group?.dashboard),
    ...consoleLinks(news, surroundings),
  ];
};

const named = (name: string, url: string | undefined): readonly Link[] =>
  url === undefined ? [] : [{ name, url }];

const consoleLinks = (
  news: Exclude<News, { kind: 'channel' }>,
  { region }: Surroundings,
): readonly Link[] => {
  if (region === undefined) return [];

  const console = `https://${region}.console.${domainOf(region)}`;
  return news.kind === 'alarm'
    ? [
        {
          name: 'Alarm',
          url: `${console}/cloudwatch/home?region=${region}#alarmsV2:alarm/${encoded(news.name)}`,
        },
      ]
    : [
        {
          name: 'Auto Scaling group',
          url: `${console}/ec2/home?region=${region}#AutoScalingGroupDetails:id=${encoded(news.autoScalingGroup)}`,
        },
      ];
};

/** The partitions have consoles of their own. */
const domainOf = (region: string): string => {
  if (region.startsWith('cn-')) return 'amazonaws.cn';
  return region.startsWith('us-gov-') ? 'amazonaws-us-gov.com' : 'aws.amazon.com';
};

/** Half a character cannot be encoded. */
const encoded = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD')).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
