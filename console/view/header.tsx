import type { PageData } from '#console/page/data.ts';
import { clockOf, dateOf } from '#console/page/time-window.ts';

type HeaderProps = Readonly<{
  data: Pick<PageData, 'title' | 'subtitle' | 'now'>;
  isLive: boolean;
  lost: string | undefined;
  /** The front page of all deployments; absent where there is none. */
  front?: string | undefined;
}>;

/** The name of the page, what it is about, and the time that it shows. */
export const Header = ({ data, isLive, lost, front }: HeaderProps) => (
  <header class="top">
    <Gate />
    <div class="names">
      <h1>{data.title}</h1>
      <p>{data.subtitle}</p>
      <FrontLink front={front} />
    </div>
    <div class={`clock ${lost === undefined ? '' : 'lost'}`}>
      {isLive && <span class="live">{lost === undefined ? 'live' : 'no answer'}</span>}
      <time>
        {clockOf(data.now)} <small>UTC</small>
      </time>
      <small class="date">{dateOf(data.now)}</small>
    </div>
  </header>
);

/** The way back to the front page, where there is one. */
export const FrontLink = ({ front }: Readonly<{ front: string | undefined }>) =>
  front === undefined ? null : (
    <nav class="front" aria-label="Deployments">
      <a href={front}>All deployments</a>
    </nav>
  );

/** A gate in the tide. */
const Gate = () => (
  <svg class="gate" viewBox="0 0 32 32" aria-hidden="true">
    <rect x="5" y="4" width="4" height="24" rx="1.5" />
    <rect x="23" y="4" width="4" height="24" rx="1.5" />
    <rect x="9" y="7" width="14" height="3" />
    <path d="M9 20c2.3-3 4.7-3 7 0s4.7 3 7 0" />
    <path d="M9 26c2.3-3 4.7-3 7 0s4.7 3 7 0" />
  </svg>
);
