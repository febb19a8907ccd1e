import { useState } from 'preact/hooks';
import type { GroupData, PageData } from '#console/page/data.ts';
import { GroupCards } from './group-cards.tsx';
import { GroupPage } from './group-page.tsx';
import { FrontLink, Header } from './header.tsx';
import type { Act } from './overrides.tsx';
import { type Boot, sendAction, useData } from './page-client.ts';
import { SimulationBar } from './simulation-bar.tsx';

/** The whole page. */
export const App = ({ boot }: Readonly<{ boot: Boot }>) => {
  const { data, lost, refresh } = useData<PageData>(boot);
  const [chosen, setChosen] = useState<string>();
  const front = boot.kind === 'live' ? boot.front : undefined;
  if (data === undefined) return <Waiting front={front} lost={lost} />;

  const act: Act = async (action) => {
    const answer = await sendAction(action);
    refresh();
    return answer;
  };
  const group = data.groups.find(({ name }) => name === chosen) ?? data.groups[0];
  return (
    <>
      <Header data={data} isLive={boot.kind === 'live'} lost={lost} front={front} />
      {data.controls?.simulation !== undefined && group !== undefined && (
        <SimulationBar simulation={data.controls.simulation} group={group.name} act={act} />
      )}
      <Notices data={data} lost={lost} />
      {data.controls === undefined && <Figures data={data} />}
      {data.groups.length > 1 && (
        <GroupCards groups={data.groups} chosen={group?.name} choose={setChosen} />
      )}
      {group === undefined ? (
        <p class="waiting">There is no group.</p>
      ) : (
        <GroupPage
          key={group.name}
          group={group}
          data={data}
          isLive={boot.kind === 'live'}
          act={act}
        />
      )}
      {data.controls !== undefined && <Figures data={data} />}
      <Announcer group={group} />
    </>
  );
};

type WaitingProps = Readonly<{ front: string | undefined; lost: string | undefined }>;

/** The page before the first look has succeeded. */
const Waiting = ({ front, lost }: WaitingProps) => (
  <>
    <FrontLink front={front} />
    <p class="waiting" role="status">
      {lost ?? 'Looking at the fleet …'}
    </p>
  </>
);

const Notices = ({ data, lost }: Readonly<{ data: PageData; lost: string | undefined }>) => (
  <div class="notices" role="status">
    {lost !== undefined && <p class="notice bad">Nothing new comes: {lost}</p>}
    {data.notices.map(({ tone, text }) => (
      <p key={text} class={`notice ${tone}`}>
        {text}
      </p>
    ))}
  </div>
);

const Figures = ({ data }: Readonly<{ data: PageData }>) => (
  <dl class="figures">
    {data.figures.map(({ name, value }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** Tells a screen reader of each new change; holds would talk without end. */
const Announcer = ({ group }: Readonly<{ group: GroupData | undefined }>) => {
  const newest = group?.marks.findLast(({ kind }) => kind !== 'held' && kind !== 'planned');
  return (
    <p class="for-readers" aria-live="polite">
      {newest?.summary}
    </p>
  );
};
