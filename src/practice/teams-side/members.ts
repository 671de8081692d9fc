import { Router, type Request, type Response } from 'express';
import type { Seated } from '../directory.ts';
import type { Json } from '../wire.ts';
import { teamsUserId, type Roster } from './chats.ts';
import { refuse } from './refusals.ts';

/** Who is in a conversation or team, as the connector tells a bot. */
export function membersRouter(roster: Roster): Router {
  const router = Router();

  const members = (req: Request<{ conversation: string }>, res: Response): void => {
    const found = membersOf(roster, req.params.conversation);
    if (found === undefined) refuse(res, 404, 'ConversationNotFound');
    else res.json(found.map(memberJson));
  };

  router.get('/v3/conversations/:conversation/members', members);

  router.get('/v3/conversations/:conversation/pagedmembers', (req, res) => {
    const found = membersOf(roster, req.params.conversation);
    if (found === undefined) {
      refuse(res, 404, 'ConversationNotFound');
      return;
    }
    const from = Number(req.query['continuationToken'] ?? 0);
    const size = Number(req.query['pageSize'] ?? 200);
    const next = from + size < found.length ? { continuationToken: String(from + size) } : {};
    res.json({ members: found.slice(from, from + size).map(memberJson), ...next });
  });

  router.get('/v3/conversations/:conversation/members/:member', (req, res) => {
    const found = membersOf(roster, req.params.conversation);
    const person = roster.personByTeamsId(req.params.member);
    if (found === undefined) refuse(res, 404, 'ConversationNotFound');
    else if (person === undefined || !found.includes(person)) {
      refuse(res, 404, 'MemberNotFoundInConversation');
    } else res.json(memberJson(person));
  });

  router.get('/v3/teams/:team', (req, res) => {
    const found = roster.teamMembers(req.params.team);
    if (found === undefined) refuse(res, 404, 'TeamNotFound');
    else res.json({ id: req.params.team, name: req.params.team, memberCount: found.length });
  });

  router.get('/v3/teams/:team/conversations', (req, res) => {
    const ofTeam = roster.chats.filter((chat) => chat.team === req.params.team);
    res.json({ conversations: ofTeam.map(({ id, name }) => ({ id, name, type: 'standard' })) });
  });

  return router;
}

function membersOf(roster: Roster, conversation: string): Seated[] | undefined {
  return roster.chat(conversation)?.readers ?? roster.teamMembers(conversation);
}

function memberJson(person: Seated): Json {
  const [givenName = '', ...rest] = person.name.split(' ');
  const address = `${person.key}@practice.invalid`;
  return {
    id: teamsUserId(person),
    name: person.name,
    objectId: person.aadObjectId,
    aadObjectId: person.aadObjectId,
    givenName,
    surname: rest.join(' '),
    email: address,
    userPrincipalName: address,
    tenantId: person.tenant,
    userRole: person.account === 'guest' ? 'guest' : 'user',
  };
}
