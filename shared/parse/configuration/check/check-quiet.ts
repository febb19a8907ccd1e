import type { WindowInput } from '#parse/configuration/schema/window-schema.ts';
import type { Fault } from '../fault.ts';
import { isMapping } from '../mapping.ts';
import { checkWindow } from './check-window.ts';
import { entriesAt, placeAt } from './places.ts';

/** Quiet hours come again and again, or once. */
export const checkQuiet = (root: unknown): readonly Fault[] =>
  entriesAt(placeAt({ path: [], value: root }, 'notify'), 'channels')
    .map((channel) => placeAt(channel, 'quiet'))
    .flatMap(({ path, value }) =>
      isMapping(value) ? checkWindow(value as WindowInput, path) : [],
    );
