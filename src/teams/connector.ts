import type { Activity, ConversationParameters } from 'botbuilder';
import { ConnectorClient, TeamsConnectorClient } from 'botframework-connector';
import { z } from 'zod';
import type { Token } from './app-token.ts';
import { isTeams, type ServiceUrls } from './service-url.ts';

/*
 * The one place that calls Teams. The SDK is kept on a short lead: no retries, no redirects, no
 * logging of its own, eight seconds a call, and only to addresses that are Teams.
 */

/** The call was not made: what to do instead is known without asking Teams. */
export class NotCalled extends Error {
  readonly why: 'not-teams' | 'credentials' | 'unreachable';
  constructor(why: NotCalled['why']) {
    super(why);
    this.why = why;
  }
}

/** What Teams answered with when it created something; it does not always name it. */
export type Created = { id: string | null; activityId: string | null };

export type Member = z.infer<typeof member>;

export type Connector = {
  createConversation(serviceUrl: string, parameters: ConversationParameters): Promise<Created>;
  post(serviceUrl: string, conversation: string, activity: Partial<Activity>): Promise<Created>;
  put(
    serviceUrl: string,
    conversation: string,
    id: string,
    activity: Partial<Activity>,
  ): Promise<Created>;
  /** Everybody in it, over all pages. */
  members(serviceUrl: string, conversation: string): Promise<Member[]>;
  /** The channels of a team; `type` is standard, private or shared. */
  channels(serviceUrl: string, team: string): Promise<{ id: string; type: string }[]>;
};

const TIMEOUT_MS = 8_000;
const PAGE = 500;
const MOST_PAGES = 100;

const created = z.object({ id: z.string().optional(), activityId: z.string().optional() });
const member = z.object({
  id: z.string(),
  aadObjectId: z.string().optional(),
  objectId: z.string().optional(),
  tenantId: z.string().optional(),
  userRole: z.string().optional(),
  userPrincipalName: z.string().optional(),
});
const page = z.object({ members: z.array(member), continuationToken: z.string().nullish() });
const channelList = z.object({
  conversations: z.array(
    z
      .object({ id: z.string(), type: z.string().optional(), channelType: z.string().optional() })
      .transform(({ id, type, channelType }) => ({ id, type: type ?? channelType ?? 'standard' })),
  ),
});

/** Calls Teams with the app's token, or with none when `token` is null (practice mode). */
export function createConnector(options: {
  token: (() => Promise<Token>) | null;
  serviceUrls: ServiceUrls;
  timeoutMs?: number | undefined;
}): Connector {
  const client = async (serviceUrl: string) =>
    bare(new ConnectorClient(await signer(serviceUrl, options), { baseUri: serviceUrl }));
  const call = () => ({ abortSignal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS) });

  return {
    createConversation: async (serviceUrl, parameters) => {
      const { conversations } = await client(serviceUrl);
      return named(await conversations.createConversation(parameters, call()));
    },
    post: async (serviceUrl, conversation, activity) => {
      const { conversations } = await client(serviceUrl);
      return named(await conversations.sendToConversation(conversation, activity, call()));
    },
    put: async (serviceUrl, conversation, id, activity) => {
      const { conversations } = await client(serviceUrl);
      return named(await conversations.updateActivity(conversation, id, activity, call()));
    },
    members: async (serviceUrl, conversation) =>
      allPages(await client(serviceUrl), conversation, call),
    channels: async (serviceUrl, team) => {
      const signed = await signer(serviceUrl, options);
      const { teams } = bare(new TeamsConnectorClient(signed, { baseUri: serviceUrl }));
      return channelList.parse(await teams.fetchChannelList(team, call())).conversations;
    },
  };
}

function named(answer: unknown): Created {
  const { id = null, activityId = null } = created.safeParse(answer).data ?? {};
  if (id === null && activityId === null && !isJson(answer)) throw new Error('not an answer');
  return { id, activityId };
}

/** A page of some proxy comes with status 200 too; an empty answer is Teams' own. */
function isJson(answer: unknown): boolean {
  const { _response: raw } = answer as { _response?: { bodyAsText?: string | null } };
  const text = raw?.bodyAsText?.trim() ?? '';
  return text === '' || text.startsWith('{');
}

type Paging = { pageSize: number; continuationToken: string };

async function allPages(
  { conversations }: ConnectorClient,
  conversation: string,
  call: () => { abortSignal: AbortSignal },
): Promise<Member[]> {
  const members: Member[] = [];
  let continuationToken: string | undefined;
  for (let read = 0; read < MOST_PAGES; read++) {
    // The SDK's type wants a token even for the first page; Teams refuses an empty one.
    const asked = { pageSize: PAGE, ...(continuationToken && { continuationToken }), ...call() };
    const answer = page.parse(
      await conversations.getConversationPagedMembers(conversation, asked as Paging),
    );
    members.push(...answer.members);
    continuationToken = answer.continuationToken || undefined;
    if (continuationToken === undefined) return members;
  }
  throw new Error('the roster does not end');
}

type Signer = ConstructorParameters<typeof ConnectorClient>[0];

async function signer(
  serviceUrl: string,
  { token, serviceUrls }: { token: (() => Promise<Token>) | null; serviceUrls: ServiceUrls },
): Promise<Signer> {
  if (!isTeams(serviceUrl, serviceUrls)) throw new NotCalled('not-teams');
  const bearer = token === null ? null : bearerOf(await token());
  return {
    signRequest: (request) => {
      if (bearer !== null) request.headers.set('authorization', bearer);
      return Promise.resolve(request);
    },
  };
}

function bearerOf(token: Token): string {
  switch (token.type) {
    case 'token':
      return `Bearer ${token.token}`;
    case 'wrong':
      throw new NotCalled('credentials');
    case 'unreachable':
      throw new NotCalled('unreachable');
  }
}

type Pipeline = { removePolicy(options: { name: string }): unknown };

/** The SDK offers no option to leave these out; its private pipeline does. */
function bare<Client>(client: Client): Client {
  const { pipeline } = (client as unknown as { client: { pipeline: Pipeline } }).client;
  for (const name of ['defaultRetryPolicy', 'redirectPolicy', 'logPolicy']) {
    pipeline.removePolicy({ name });
  }
  return client;
}
