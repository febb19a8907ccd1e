import {
  badgeOfDeployment,
  type DeploymentCard,
  type DeploymentFailure,
  type DeploymentsData,
  describeSeen,
  describeTroubled,
} from '#console/page/deployments.ts';
import type { Instant } from '#domain/time/instant.ts';
import { Header } from './header.tsx';
import { type FrontBoot, useData } from './page-client.ts';

/** The front page: each deployment with its state in one line, and the way to its own page. */
export const FrontPage = ({ boot }: Readonly<{ boot: FrontBoot }>) => {
  const { data, lost } = useData<DeploymentsData>(boot);
  if (data === undefined) {
    return (
      <p class="waiting" role="status">
        {lost ?? 'Looking at the deployments …'}
      </p>
    );
  }
  return (
    <>
      <Header data={data} isLive lost={lost} />
      <div class="notices" role="status">
        {lost !== undefined && <p class="notice bad">Nothing new comes: {lost}</p>}
      </div>
      <main>
        <ul class="deployments" aria-label="Deployments">
          {data.deployments.map((card) => (
            <Deployment key={card.name} card={card} now={data.now} />
          ))}
        </ul>
      </main>
      <p class="for-readers" aria-live="polite">
        {describeTroubled(data)}
      </p>
    </>
  );
};

const Deployment = ({ card, now }: Readonly<{ card: DeploymentCard; now: Instant }>) => {
  const { name, place, seen, failure } = card;
  const { tone, text } = badgeOfDeployment(card);
  return (
    <li class="panel deployment">
      <p class="panel-head">
        <a href={`deployments/${name}/`}>{name}</a>
        <span class={`badge ${tone}`}>{text}</span>
      </p>
      <p class="place">{place}</p>
      {failure !== undefined && <Failure failure={failure} />}
      {seen !== undefined && <p>{describeSeen(seen, now)}</p>}
      {failure === undefined &&
        seen?.notices.map((notice) => (
          <p key={notice.text} class={`notice ${notice.tone}`}>
            {notice.text}
          </p>
        ))}
    </li>
  );
};

const Failure = ({ failure }: Readonly<{ failure: DeploymentFailure }>) => (
  <>
    <p class="bad-text">No answer: {failure.message}</p>
    {failure.help !== undefined && <p>What to do: {failure.help}</p>}
    {failure.frames !== undefined && <pre>{failure.frames}</pre>}
  </>
);
