import type { GroupData } from '#console/page/data.ts';
import { badgeOf } from '#console/page/group-state.ts';
import { Sparkline } from './sparkline.tsx';

type CardsProps = Readonly<{
  groups: readonly GroupData[];
  chosen: string | undefined;
  choose: (name: string) => void;
}>;

/** All groups at a glance; a click shows one of them. */
export const GroupCards = ({ groups, chosen, choose }: CardsProps) => (
  <nav class="cards" aria-label="Groups">
    {groups.map((group) => (
      <button
        key={group.name}
        type="button"
        class="card"
        aria-pressed={group.name === chosen}
        onClick={() => choose(group.name)}
      >
        <span class="card-name">{group.name}</span>
        <Badge group={group} />
        <Sizes group={group} />
        <Sparkline group={group} />
      </button>
    ))}
  </nav>
);

/** The state of a group in a word or two. */
export const Badge = ({ group }: Readonly<{ group: GroupData }>) => {
  const { tone, text } = badgeOf(group);
  return <span class={`badge ${tone}`}>{text}</span>;
};

const Sizes = ({ group }: Readonly<{ group: GroupData }>) => {
  const capacity = group.status?.capacity;
  if (capacity === undefined) return null;
  return (
    <span class="sizes">
      <b>{capacity.desired}</b> wanted, {capacity.inService} serving
    </span>
  );
};
