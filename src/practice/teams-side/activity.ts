import type { Seated } from '../directory.ts';
import type { Json } from '../wire.ts';
import { personalChatId, teamsUserId, type Chat } from './chats.ts';

/** A Bot Framework activity as Teams would send it. */
export type Activity = Json & { type: string };

/** What every activity says of its place: who the bot is and where it answers. */
export type Surroundings = {
  serviceUrl: string;
  bot: { id: string; name: string };
  now: () => Date;
};

/** Somebody in a chat; `thread` is the post that is answered. */
export type Spot = { person: Seated; chat: Chat; thread: string | null };

/** The fields that every activity of Teams has; source: recorded activities in Microsoft's documentation. */
export function activityFrom(around: Surroundings, spot: Spot, fields: Activity): Activity {
  const at = around.now().toISOString();
  return {
    id: `f:${crypto.randomUUID()}`,
    timestamp: at,
    localTimestamp: at,
    localTimezone: 'Europe/London',
    locale: 'en-GB',
    channelId: 'msteams',
    serviceUrl: around.serviceUrl,
    from: teamsAccount(spot.person),
    recipient: around.bot,
    conversation: conversationOf(spot),
    channelData: channelDataOf(spot.chat),
    entities: [clientInfo],
    ...fields,
  };
}

/** A message of a person, typed. */
export function messageActivity(id: string, text: string): Activity {
  return { type: 'message', id, text, textFormat: 'plain' };
}

/** A message in a channel reaches the bot only when it names it. */
export function mentionActivity(
  id: string,
  text: string,
  bot: { id: string; name: string },
): Activity {
  const mention = `<at>${bot.name}</at>`;
  return {
    ...messageActivity(id, text.replaceAll(`@${bot.name}`, mention)),
    entities: [clientInfo, { type: 'mention', text: mention, mentioned: bot }],
  };
}

/** A picture or file hung on a message. Teams sends where it lies, not what is in it. */
export function fileActivity(
  id: string,
  file: { name: string; kind: 'picture' | 'file' },
  url: string,
): Activity {
  const attachment =
    file.kind === 'picture'
      ? { contentType: 'image/*', contentUrl: url }
      : {
          contentType: 'application/vnd.microsoft.teams.file.download.info',
          contentUrl: url,
          name: file.name,
          content: { downloadUrl: url, uniqueId: id, fileType: file.name.split('.').pop() },
        };
  return { ...messageActivity(id, ''), attachments: [attachment] };
}

/** What Teams sends a bot when an administrator has installed the app for somebody. */
export function installedForPerson(person: Seated, bot: { id: string; name: string }): Activity[] {
  const conversation = {
    id: personalChatId(person),
    conversationType: 'personal',
    tenantId: person.tenant,
  };
  return [
    { type: 'installationUpdate', action: 'add', conversation },
    { type: 'conversationUpdate', membersAdded: [bot], conversation },
  ];
}

/** What Teams sends a bot when it was added to the team that a channel belongs to. */
export function installedInTeam(chat: Chat, bot: { id: string; name: string }): Activity[] {
  const channelData = { ...channelDataOf(chat), settings: { selectedChannel: { id: chat.id } } };
  return [
    { type: 'installationUpdate', action: 'add', channelData },
    {
      type: 'conversationUpdate',
      membersAdded: [bot],
      channelData: { ...channelData, eventType: 'teamMemberAdded' },
    },
  ];
}

/** A person as Teams names them in an activity. */
export function teamsAccount(person: Seated): Json {
  return { id: teamsUserId(person), name: person.name, aadObjectId: person.aadObjectId };
}

const clientInfo = {
  type: 'clientInfo',
  locale: 'en-GB',
  country: 'GB',
  platform: 'Web',
  timezone: 'Europe/London',
};

function conversationOf({ chat, thread }: Spot): Json {
  if (chat.kind === 'personal') {
    return { id: chat.id, conversationType: 'personal', tenantId: chat.tenant };
  }
  const id = thread === null ? chat.id : `${chat.id};messageid=${thread}`;
  return { id, conversationType: 'channel', isGroup: true, tenantId: chat.tenant };
}

function channelDataOf(chat: Chat): Json {
  const tenant = { id: chat.tenant };
  if (chat.kind === 'personal') return { tenant };
  return {
    tenant,
    teamsChannelId: chat.id,
    teamsTeamId: chat.team,
    channel: { id: chat.id },
    team: { id: chat.team },
  };
}
