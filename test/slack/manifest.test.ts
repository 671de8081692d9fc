import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shortcuts } from '../../src/slack/bolt-app.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../manifests/${name}`, import.meta.url), 'utf8'));

const link = z.url({ protocol: /^https$/ }).optional();

/** Slack's limits for the parts that we use, so that they are checked without its schema too. */
const manifestSchema = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2) }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().min(1).max(140),
    long_description: z.string().min(175).max(4000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().regex(/^\/\S{1,31}$/),
        url: link,
        description: z.string().max(2000),
        usage_hint: z.string().max(1000),
        should_escape: z.literal(false),
      }),
    ),
    shortcuts: z.array(
      z.strictObject({
        name: z.string().min(1).max(24),
        type: z.enum(['global', 'message']),
        callback_id: z.string().max(255),
        description: z.string().min(1).max(150),
      }),
    ),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: link, bot_events: z.array(z.string()) }),
    interactivity: z.strictObject({
      is_enabled: z.literal(true),
      request_url: link,
      message_menu_options_url: link,
    }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
});

const overHttp = manifestSchema.parse(read('slack.json'));
const bySocket = manifestSchema.parse(read('slack-socket-mode.json'));

describe.each([
  ['over HTTP', overHttp],
  ['by socket', bySocket],
])('the manifest %s', (_, manifest) => {
  it('asks for these scopes and no more', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual([
      'commands',
      'chat:write',
      'im:write',
      'im:history',
      'groups:read',
      'users:read',
      'users:read.email',
    ]);
  });

  it('listens to these events and no more', () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual([
      'message.im',
      'app_home_opened',
      'user_change',
      'member_joined_channel',
      'member_left_channel',
      'app_uninstalled',
      'tokens_revoked',
    ]);
  });

  it('names the shortcuts that the code answers', () => {
    const named = Object.fromEntries(
      manifest.features.shortcuts.map(({ type, callback_id }) => [type, callback_id]),
    );
    expect(named).toEqual(shortcuts);
  });
});

it('names one address over HTTP and none by socket', () => {
  const addresses = (manifest: typeof overHttp) => [
    manifest.features.slash_commands[0]?.url,
    manifest.settings.event_subscriptions.request_url,
    manifest.settings.interactivity.request_url,
    manifest.settings.interactivity.message_menu_options_url,
  ];
  expect(new Set(addresses(overHttp))).toEqual(
    new Set(['https://concern.example.org/slack/events']),
  );
  expect(addresses(bySocket)).toEqual([undefined, undefined, undefined, undefined]);
  expect(overHttp.settings.socket_mode_enabled).toBe(false);
  expect(bySocket.settings.socket_mode_enabled).toBe(true);
});
