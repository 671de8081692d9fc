import type { Json } from './fake-slack-blocks.ts';
import {
  newId,
  newTs,
  newTrigger,
  type SlackUser,
  type SlackWindow,
  type SlackWorld,
} from './fake-slack-world.ts';
import { echoOf } from './fake-slack-windows.ts';

/*
 * Payloads in Slack's own shapes, with invented data.
 */

const appId = 'A0APP';

export function commandPayload(
  world: SlackWorld,
  user: SlackUser,
  command: string,
  text: string,
  channel = { id: 'C0GENERAL1', name: 'general' },
): Json {
  return {
    token: 'unused-verification-token',
    team_id: user.stranger ? user.team : world.team,
    team_domain: world.domain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: user.id,
    user_name: 'somebody',
    command,
    text,
    api_app_id: appId,
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.example/commands/unused',
    trigger_id: newTrigger(world, user.id),
  };
}

function interactive(world: SlackWorld, user: SlackUser, type: string): Json {
  return {
    type,
    token: 'unused-verification-token',
    api_app_id: appId,
    team: { id: world.team, domain: world.domain },
    enterprise: world.enterprise === null ? null : { id: world.enterprise, name: 'invented' },
    is_enterprise_install: false,
    user: { id: user.id, username: 'somebody', name: 'somebody', team_id: user.team },
    trigger_id: newTrigger(world, user.id),
  };
}

export function shortcutPayload(world: SlackWorld, user: SlackUser): Json {
  return {
    ...interactive(world, user, 'shortcut'),
    action_ts: newTs(),
    callback_id: 'raise_concern',
  };
}

export function messageShortcutPayload(
  world: SlackWorld,
  user: SlackUser,
  message: { channel: string; ts: string; text: string },
): Json {
  return {
    ...interactive(world, user, 'message_action'),
    callback_id: 'raise_from_message',
    action_ts: newTs(),
    message_ts: message.ts,
    response_url: 'https://hooks.slack.example/actions/unused',
    channel: { id: message.channel, name: 'privategroup' },
    message: { type: 'message', user: newId('U'), ts: message.ts, text: message.text },
  };
}

export function pressPayload(
  world: SlackWorld,
  user: SlackUser,
  button: { action: Json; block: string },
  at: { channel: string; ts: string } | SlackWindow,
): Json {
  const { action, block } = button;
  const pressed = { ...action, block_id: block, action_ts: newTs() };
  const place =
    'view' in at
      ? { view: echoOf(world, at), container: { type: 'view', view_id: at.id } }
      : {
          channel: { id: at.channel, name: 'privategroup' },
          message: { type: 'message', user: world.botUser, bot_id: 'B0BOT', ts: at.ts, text: '' },
          container: {
            type: 'message',
            message_ts: at.ts,
            channel_id: at.channel,
            is_ephemeral: false,
          },
          state: { values: {} },
          response_url: 'https://hooks.slack.example/actions/unused',
        };
  return { ...interactive(world, user, 'block_actions'), ...place, actions: [pressed] };
}

export function submissionPayload(world: SlackWorld, user: SlackUser, window: SlackWindow): Json {
  return {
    ...interactive(world, user, 'view_submission'),
    view: echoOf(world, window),
    response_urls: [],
  };
}

export function suggestionPayload(
  world: SlackWorld,
  user: SlackUser,
  window: SlackWindow,
  input: { block: string; action: string; query: string },
): Json {
  const { trigger_id: _, ...base } = interactive(world, user, 'block_suggestion');
  return {
    ...base,
    container: { type: 'view', view_id: window.id },
    view: echoOf(world, window),
    block_id: input.block,
    action_id: input.action,
    value: input.query,
  };
}

export function eventPayload(world: SlackWorld, event: Json): Json {
  return {
    token: 'unused-verification-token',
    team_id: world.team,
    context_team_id: world.team,
    context_enterprise_id: null,
    api_app_id: appId,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: world.team, user_id: world.botUser, is_bot: true },
    ],
    is_ext_shared_channel: false,
    event: { event_ts: newTs(), ...event },
  };
}

/** A message typed into the direct chat, as the composer sends it. */
export function typedEvent(
  world: SlackWorld,
  user: SlackUser,
  channel: string,
  text: string,
): Json {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return eventPayload(world, {
    type: 'message',
    channel_type: 'im',
    channel,
    user: user.id,
    team: user.team,
    ts: newTs(),
    text: escaped,
    blocks: [
      {
        type: 'rich_text',
        block_id: newId('b'),
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
      },
    ],
  });
}

/** A picture dropped into the direct chat. */
export function pictureEvent(
  world: SlackWorld,
  user: SlackUser,
  channel: string,
  pictures: string,
): Json {
  const payload = typedEvent(world, user, channel, '');
  const url_private = `${pictures}/F0INVENTED`;
  const files = [{ id: 'F0INVENTED', mimetype: 'image/png', url_private }];
  return { ...payload, event: { ...(payload['event'] as Json), subtype: 'file_share', files } };
}

/** The message that a link of Slack's leads to. */
export function messageAt(link: string): { channel: string; ts: string; text: string } {
  const [, channel = 'C0GENERAL1', stamp = '1700000000000000'] =
    /archives\/(\w+)\/p(\d+)/.exec(link) ?? [];
  const ts = `${stamp.slice(0, -6)}.${stamp.slice(-6)}`;
  return { channel, ts, text: 'must not be read' };
}
