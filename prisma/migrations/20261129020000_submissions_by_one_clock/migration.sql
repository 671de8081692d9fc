-- A submission is dated by the database; whether it is a month old is asked of the same clock. A caller's clock
-- that is ahead took away the mark of what had just been saved, and the same form saved a second time.
-- Only its owner may replace it, and its owner may create nothing outside this file.
GRANT CREATE ON SCHEMA public TO concern_lookup;
SET LOCAL ROLE concern_lookup;

CREATE OR REPLACE FUNCTION sweep_expired(now timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER
BEGIN ATOMIC
  WITH handles AS (DELETE FROM handle WHERE expires_at <= now RETURNING 1),
    requests AS (DELETE FROM request_seen WHERE expires_at <= now RETURNING 1),
    drafts AS (DELETE FROM draft WHERE updated_at <= now - interval '24 hours' RETURNING 1),
    submissions AS (DELETE FROM submission WHERE at <= clock_timestamp() - interval '30 days' RETURNING 1)
  SELECT (SELECT count(*) FROM handles) + (SELECT count(*) FROM requests)
    + (SELECT count(*) FROM drafts) + (SELECT count(*) FROM submissions);
END;

SET LOCAL ROLE concern_owner;
REVOKE CREATE ON SCHEMA public FROM concern_lookup;
