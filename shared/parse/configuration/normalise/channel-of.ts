import type { Channel } from '#domain/configuration/channel.ts';
import { type ChannelInput, formOfChannel } from '#parse/configuration/schema/channel-schema.ts';
import { CHANNEL_FORMS, type ChannelForm } from '../channel-forms.ts';
import { windowOf } from './window-of.ts';

/** A channel, with the budget and the quiet hours that it may have. */
export const channelOf = (name: string, input: ChannelInput): Channel => {
  const mark = formOfChannel(input) as keyof typeof CHANNEL_FORMS;
  return {
    ...(CHANNEL_FORMS[mark] as ChannelForm<ChannelInput>).normalise(name, input),
    ...('perHour' in input ? { perHour: input.perHour } : {}),
    ...('quiet' in input && input.quiet !== undefined ? { quiet: windowOf(input.quiet) } : {}),
  };
};
