import { webApi } from '@slack/bolt';
import type { RefusedReason, Sent } from '../chat/interaction.ts';
import { safeCode } from './log.ts';

/** Slack's error code for a failed call, or a word of ours; fit for the log. */
export function codeOf(error: unknown): string {
  if (error instanceof webApi.WebAPIPlatformError) return safeCode(error.data.error);
  if (error instanceof webApi.WebAPIRateLimitedError) return 'ratelimited';
  if (error instanceof webApi.WebAPIHTTPError) return `http_${String(error.statusCode)}`;
  if (error instanceof webApi.WebAPIRequestError) return 'request_failed';
  return error instanceof TypeError ? 'type_error' : 'failed';
}

/**
 * What a failed call means for the message. Only a code that Slack is known to give when it did
 * nothing is a refusal; HTML, truncated JSON, timeouts and unknown codes are unclear.
 */
export function sentFrom(error: unknown): Exclude<Sent, { type: 'sent' }> {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { type: 'later', waitMs: error.retryAfter * 1000 };
  if (!(error instanceof webApi.WebAPIPlatformError)) return { type: 'unclear' };
  const code = safeCode(error.data.error);
  if (limited.has(code)) return { type: 'later', waitMs: 30_000 };
  const reason = refusals.get(code);
  return reason === undefined ? { type: 'unclear' } : { type: 'refused', reason };
}

const limited = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);

const codes: Record<RefusedReason, string[]> = {
  'not-installed': ['app_uninstalled', 'team_not_found', 'team_access_not_granted'],
  blocked: [
    'messages_tab_disabled',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_non_threadable_channel',
    'ekm_access_denied',
    'slack_connect_file_link_sharing_blocked',
  ],
  'no-such-person': [
    'user_not_found',
    'users_not_found',
    'users_list_not_supplied',
    'user_disabled',
    'user_not_visible',
    'cannot_dm_bot',
    'cannot_dm_user',
  ],
  'no-such-place': ['channel_not_found', 'method_not_supported_for_channel_type'],
  archived: ['is_archived'],
  'not-a-member': ['not_in_channel'],
  credentials: [
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'missing_scope',
    'no_permission',
    'org_login_required',
    'not_allowed_token_type',
    'access_denied',
    'enterprise_is_restricted',
    'two_factor_setup_required',
  ],
  'message-not-accepted': [
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_blocks_too_long',
    'msg_too_long',
    'no_text',
    'invalid_arguments',
    'invalid_arg_name',
    'invalid_form_data',
  ],
  'message-gone': ['message_not_found', 'cant_update_message', 'edit_window_closed'],
};

const refusals = new Map(
  Object.entries(codes).flatMap(([reason, list]) =>
    list.map((code) => [code, reason as RefusedReason] as const),
  ),
);
