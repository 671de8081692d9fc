-- The first shape of the database. Runs as concern_owner, in one transaction.
--
-- Three rules hold for every table, and test/postgres proves them from pg_class:
--   * row-level security is enabled and forced: a statement sees the school in `app.school` and no other;
--   * tables of a case also ask whether `app.person` is in its audience now, unless the product itself acts;
--   * what was recorded (case_event, answer, concern, school_event, audit_entry) is never changed again.
-- Columns of type bytea hold what people wrote, names, phones, addresses: encrypted by the application.

----------------------------------------------------------------------------------------------------------
-- On whose behalf this transaction runs
----------------------------------------------------------------------------------------------------------

CREATE FUNCTION current_school() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.school', true), '')::uuid;

CREATE FUNCTION current_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.person', true), '')::uuid;

-- The product acts for a whole school: intake, deliveries, deadlines; nothing that a person reads.
CREATE FUNCTION is_product() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(current_setting('app.as', true) = 'product', false);

----------------------------------------------------------------------------------------------------------
-- Schools and their people
----------------------------------------------------------------------------------------------------------

CREATE TABLE school (
  id uuid PRIMARY KEY,
  key text NOT NULL UNIQUE,
  name text NOT NULL,
  prefix text NOT NULL,
  pack text NOT NULL,
  settings bytea NOT NULL, -- contacts, channels, calendar, switches
  applied_at timestamptz(3) NOT NULL
);

-- The keys under which a school's columns are encrypted, themselves wrapped by a key that is not here.
CREATE TABLE data_key (
  school_id uuid NOT NULL REFERENCES school (id),
  version integer NOT NULL CHECK (version BETWEEN 1 AND 65535),
  wrapped_by text NOT NULL,
  wrapped bytea NOT NULL,
  made_at timestamptz(3) NOT NULL,
  PRIMARY KEY (school_id, version)
);

CREATE TABLE person (
  id uuid PRIMARY KEY,
  school_id uuid NOT NULL REFERENCES school (id),
  key_digest bytea NOT NULL, -- keyed digest of the file's key, which contains a name
  details bytea NOT NULL, -- key, name, phone, e-mail
  roles text[] NOT NULL,
  active boolean NOT NULL,
  away_until timestamptz(3),
  ordinal integer NOT NULL, -- the order of the file
  UNIQUE (school_id, id),
  UNIQUE (school_id, key_digest)
);

CREATE TABLE account (
  school_id uuid NOT NULL,
  platform text NOT NULL CHECK (platform IN ('teams', 'slack')),
  tenant text NOT NULL,
  user_id text NOT NULL,
  person_id uuid NOT NULL,
  active boolean NOT NULL,
  address bytea, -- how the platform is to be written to; null until the person was reachable once
  PRIMARY KEY (school_id, platform, tenant, user_id),
  FOREIGN KEY (school_id, person_id) REFERENCES person (school_id, id)
);
CREATE INDEX account_identity ON account (platform, tenant, user_id);

----------------------------------------------------------------------------------------------------------
-- Cases
----------------------------------------------------------------------------------------------------------

CREATE TABLE case_file (
  id uuid PRIMARY KEY,
  school_id uuid NOT NULL REFERENCES school (id),
  reference text NOT NULL UNIQUE,
  last_seq integer NOT NULL CHECK (last_seq >= 0),
  opened_at timestamptz(3) NOT NULL,
  UNIQUE (school_id, id)
);

-- Who may open a case, since when and until when. A live row is what row-level security looks at.
CREATE TABLE case_audience (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  school_id uuid NOT NULL,
  case_id uuid NOT NULL,
  person_id uuid NOT NULL,
  since timestamptz(3) NOT NULL,
  until timestamptz(3),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id),
  FOREIGN KEY (school_id, person_id) REFERENCES person (school_id, id)
);
CREATE UNIQUE INDEX case_audience_live ON case_audience (case_id, person_id) WHERE until IS NULL;
CREATE INDEX case_audience_person ON case_audience (school_id, person_id) WHERE until IS NULL;

-- Everything that happened to a case. The columns in the clear are what the audit trail repeats.
CREATE TABLE case_event (
  school_id uuid NOT NULL,
  case_id uuid NOT NULL,
  seq integer NOT NULL CHECK (seq >= 1),
  at timestamptz(3) NOT NULL,
  actor uuid, -- null: the product by itself
  type text NOT NULL,
  step text,
  child text,
  part text,
  result text,
  chosen text[] NOT NULL, -- options of a list, never what somebody typed
  cites text, -- the clause or guidance that an answer follows
  pack text NOT NULL,
  pack_version integer NOT NULL,
  policy text NOT NULL, -- digest of the pack and the trees it adopts
  body bytea NOT NULL,
  PRIMARY KEY (school_id, case_id, seq),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id),
  FOREIGN KEY (school_id, actor) REFERENCES person (school_id, id)
);

-- Every answer ever given, without what was typed. Written with the event that carries it.
CREATE TABLE answer (
  school_id uuid NOT NULL,
  case_id uuid NOT NULL,
  seq integer NOT NULL,
  step text NOT NULL,
  child text NOT NULL, -- '' when the step is walked once
  part text NOT NULL CHECK (part IN ('step', 'outcome')),
  revision integer NOT NULL CHECK (revision >= 1),
  result text NOT NULL CHECK (result IN ('chosen', 'done', 'not-done', 'not-applicable')),
  chosen text[] NOT NULL,
  by uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (school_id, case_id, step, child, part, revision),
  FOREIGN KEY (school_id, case_id, seq) REFERENCES case_event (school_id, case_id, seq),
  FOREIGN KEY (school_id, by) REFERENCES person (school_id, id)
);

-- What may stand in a list or a chat message about a case.
CREATE TABLE case_line (
  case_id uuid PRIMARY KEY,
  school_id uuid NOT NULL,
  reference text NOT NULL,
  label text NOT NULL,
  urgency text NOT NULL CHECK (urgency IN ('routine', 'urgent', 'emergency')),
  lane text NOT NULL CHECK (lane IN ('lead', 'manager')),
  raised_at timestamptz(3) NOT NULL,
  holder uuid,
  state text NOT NULL CHECK (state IN ('new', 'active', 'awaiting', 'closing', 'closed')),
  open_steps integer NOT NULL CHECK (open_steps >= 0),
  next_due timestamptz(3),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id),
  FOREIGN KEY (school_id, holder) REFERENCES person (school_id, id)
);

CREATE TABLE concern (
  id uuid PRIMARY KEY,
  school_id uuid NOT NULL,
  case_id uuid NOT NULL,
  reporter bytea NOT NULL,
  raised_at timestamptz(3) NOT NULL,
  words bytea NOT NULL,
  UNIQUE (school_id, id),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id)
);
CREATE INDEX concern_case ON concern (school_id, case_id);

-- What a reporter sees of what they raised.
CREATE TABLE receipt (
  concern_id uuid PRIMARY KEY,
  school_id uuid NOT NULL,
  case_id uuid NOT NULL,
  person_id uuid NOT NULL,
  reference text NOT NULL,
  raised_at timestamptz(3) NOT NULL,
  seen_at timestamptz(3),
  closed_at timestamptz(3),
  FOREIGN KEY (school_id, concern_id) REFERENCES concern (school_id, id),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id),
  FOREIGN KEY (school_id, person_id) REFERENCES person (school_id, id)
);
CREATE INDEX receipt_person ON receipt (school_id, person_id);
CREATE INDEX receipt_case ON receipt (school_id, case_id);

----------------------------------------------------------------------------------------------------------
-- Telling people
----------------------------------------------------------------------------------------------------------

-- A message that somebody must get: one person, or the lead's channel on one platform.
CREATE TABLE delivery (
  id uuid PRIMARY KEY,
  school_id uuid NOT NULL REFERENCES school (id),
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE, -- the order in which they were written
  case_id uuid,
  person_id uuid,
  channel text CHECK (channel IN ('teams', 'slack')),
  message jsonb NOT NULL,
  mode text NOT NULL CHECK (mode IN ('send', 'update')),
  state text NOT NULL CHECK (state IN ('due', 'sending', 'sent', 'held', 'failed', 'dropped')),
  attempts integer NOT NULL DEFAULT 0,
  unclear boolean NOT NULL DEFAULT false,
  faults integer NOT NULL DEFAULT 0, -- how often drawing or sending it broke
  due_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  leased_until timestamptz(3),
  settled_at timestamptz(3),
  why text, -- a code, never a platform's own words
  CHECK ((person_id IS NULL) <> (channel IS NULL)),
  UNIQUE (school_id, id),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id),
  FOREIGN KEY (school_id, person_id) REFERENCES person (school_id, id)
);
CREATE INDEX delivery_due ON delivery (due_at) WHERE state IN ('due', 'sending', 'held');
CREATE INDEX delivery_order ON delivery (school_id, case_id, person_id, number)
  WHERE state IN ('due', 'sending', 'held');

CREATE TABLE posted_message (
  id uuid PRIMARY KEY, -- the delivery that posted it
  school_id uuid NOT NULL,
  case_id uuid,
  person_id uuid,
  channel text CHECK (channel IN ('teams', 'slack')),
  platform text NOT NULL CHECK (platform IN ('teams', 'slack')),
  message jsonb NOT NULL,
  name bytea NOT NULL,
  at timestamptz(3) NOT NULL,
  CHECK ((person_id IS NULL) <> (channel IS NULL)),
  FOREIGN KEY (school_id, id) REFERENCES delivery (school_id, id),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id),
  FOREIGN KEY (school_id, person_id) REFERENCES person (school_id, id)
);
CREATE INDEX posted_message_case ON posted_message (school_id, case_id);

-- A clock that runs on a case. `wake_at`: when somebody must look at it next; null: nothing more to do.
CREATE TABLE deadline (
  id uuid PRIMARY KEY,
  school_id uuid NOT NULL,
  case_id uuid NOT NULL,
  what text NOT NULL,
  due_at timestamptz(3) NOT NULL,
  wake_at timestamptz(3),
  stage integer NOT NULL DEFAULT 0 CHECK (stage >= 0),
  state text NOT NULL CHECK (state IN ('running', 'met', 'void')),
  UNIQUE (case_id, what),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id)
);
CREATE INDEX deadline_wake ON deadline (wake_at) WHERE state = 'running';

----------------------------------------------------------------------------------------------------------
-- The conversation
----------------------------------------------------------------------------------------------------------

-- What a button means. Only a digest of what the button carries is kept.
CREATE TABLE handle (
  digest bytea PRIMARY KEY,
  school_id uuid NOT NULL REFERENCES school (id),
  person_id uuid,
  action bytea NOT NULL,
  case_id uuid,
  case_version integer,
  expires_at timestamptz(3) NOT NULL,
  FOREIGN KEY (school_id, person_id) REFERENCES person (school_id, id),
  FOREIGN KEY (school_id, case_id) REFERENCES case_file (school_id, id)
);
CREATE INDEX handle_expiry ON handle (expires_at);

CREATE TABLE draft (
  id uuid PRIMARY KEY,
  school_id uuid NOT NULL,
  person_id uuid NOT NULL,
  content bytea NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  FOREIGN KEY (school_id, person_id) REFERENCES person (school_id, id)
);
CREATE INDEX draft_person ON draft (school_id, person_id);

-- One submission, one effect: the nonce of a form and what its first submission got.
CREATE TABLE submission (
  school_id uuid NOT NULL,
  nonce text NOT NULL,
  person_id uuid NOT NULL,
  result bytea, -- null only inside the transaction that is making it
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (school_id, nonce),
  FOREIGN KEY (school_id, person_id) REFERENCES person (school_id, id)
);

-- Requests that were already taken, so that a captured one cannot be sent again. Belongs to no school.
CREATE TABLE request_seen (
  digest bytea PRIMARY KEY,
  expires_at timestamptz(3) NOT NULL
);

----------------------------------------------------------------------------------------------------------
-- The audit trail
----------------------------------------------------------------------------------------------------------

-- What happened to a school and belongs to no case: a refused press, a change of its people.
CREATE TABLE school_event (
  id uuid PRIMARY KEY,
  school_id uuid NOT NULL REFERENCES school (id),
  at timestamptz(3) NOT NULL,
  actor uuid,
  type text NOT NULL,
  subject text, -- an id, never a name
  FOREIGN KEY (school_id, actor) REFERENCES person (school_id, id)
);

-- One chain per school: every row carries the digest of the one before.
CREATE TABLE audit_entry (
  school_id uuid NOT NULL REFERENCES school (id),
  number bigint NOT NULL,
  at timestamptz(3) NOT NULL,
  recorded_at timestamptz(3) NOT NULL,
  actor uuid,
  type text NOT NULL,
  case_id uuid,
  seq integer,
  event_id uuid, -- of a school_event
  step text,
  child text,
  part text,
  result text,
  chosen text[] NOT NULL,
  cites text,
  pack text,
  pack_version integer,
  policy text,
  subject text,
  content bytea, -- SHA-256 of the encrypted body
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (school_id, number)
);
CREATE UNIQUE INDEX audit_entry_event ON audit_entry (school_id, case_id, seq);

CREATE FUNCTION audit_field(value text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE WHEN value IS NULL THEN '-' ELSE octet_length(value)::text || ':' || value END;

CREATE FUNCTION audit_list(list text[]) RETURNS text LANGUAGE sql IMMUTABLE
RETURN (
  SELECT audit_field(coalesce(string_agg(audit_field(item), '' ORDER BY place), ''))
  FROM unnest(list) WITH ORDINALITY AS part (item, place)
);

CREATE FUNCTION audit_moment(moment timestamptz) RETURNS text LANGUAGE sql STABLE
RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- The same digest is computed again, independently, by src/postgres/verify-audit.ts.
CREATE FUNCTION audit_hash(entry audit_entry) RETURNS bytea LANGUAGE sql STABLE
RETURN sha256(convert_to(concat(
  audit_field(entry.school_id::text), audit_field(entry.number::text),
  audit_field(audit_moment(entry.at)), audit_field(audit_moment(entry.recorded_at)),
  audit_field(entry.actor::text), audit_field(entry.type),
  audit_field(entry.case_id::text), audit_field(entry.seq::text), audit_field(entry.event_id::text),
  audit_field(entry.step), audit_field(entry.child), audit_field(entry.part), audit_field(entry.result),
  audit_list(entry.chosen), audit_field(entry.cites),
  audit_field(entry.pack), audit_field(entry.pack_version::text), audit_field(entry.policy),
  audit_field(entry.subject), audit_field(encode(entry.content, 'hex')), audit_field(encode(entry.previous, 'hex'))
), 'UTF8'));

-- Appends one entry. Entries of one school wait for each other here and nowhere else, and only while
-- committing, because the triggers that call this are deferred.
CREATE FUNCTION audit_append(entry audit_entry) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  last record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('audit'), hashtext(entry.school_id::text));
  SELECT number, hash INTO last FROM audit_entry
    WHERE school_id = entry.school_id ORDER BY number DESC LIMIT 1;
  entry.number := coalesce(last.number, 0) + 1;
  entry.previous := coalesce(last.hash, ''::bytea);
  entry.recorded_at := date_trunc('milliseconds', clock_timestamp());
  entry.hash := audit_hash(entry);
  INSERT INTO audit_entry SELECT entry.*;
END
$$;

CREATE FUNCTION audit_case_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  entry audit_entry;
BEGIN
  entry.school_id := NEW.school_id;
  entry.at := NEW.at;
  entry.actor := NEW.actor;
  entry.type := NEW.type;
  entry.case_id := NEW.case_id;
  entry.seq := NEW.seq;
  entry.step := NEW.step;
  entry.child := NEW.child;
  entry.part := NEW.part;
  entry.result := NEW.result;
  entry.chosen := NEW.chosen;
  entry.cites := NEW.cites;
  entry.pack := NEW.pack;
  entry.pack_version := NEW.pack_version;
  entry.policy := NEW.policy;
  entry.content := sha256(NEW.body);
  PERFORM audit_append(entry);
  RETURN NULL;
END
$$;

CREATE FUNCTION audit_school_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  entry audit_entry;
BEGIN
  entry.school_id := NEW.school_id;
  entry.at := NEW.at;
  entry.actor := NEW.actor;
  entry.type := NEW.type;
  entry.event_id := NEW.id;
  entry.chosen := '{}';
  entry.subject := NEW.subject;
  PERFORM audit_append(entry);
  RETURN NULL;
END
$$;

-- Deferred: they fire while committing, so the school's chain is locked for that moment only.
CREATE CONSTRAINT TRIGGER case_event_audited AFTER INSERT ON case_event
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_case_event();
CREATE CONSTRAINT TRIGGER school_event_audited AFTER INSERT ON school_event
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_school_event();
ALTER TABLE case_event ENABLE ALWAYS TRIGGER case_event_audited;
ALTER TABLE school_event ENABLE ALWAYS TRIGGER school_event_audited;

----------------------------------------------------------------------------------------------------------
-- What was recorded stays: not even the owner, or a session that switches triggers off, can change it
----------------------------------------------------------------------------------------------------------

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;

DO $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['case_event', 'answer', 'concern', 'school_event', 'audit_entry'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I
      FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept || '_kept', kept);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept || '_not_emptied', kept);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', kept, kept || '_kept');
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', kept, kept || '_not_emptied');
  END LOOP;
END
$$;

----------------------------------------------------------------------------------------------------------
-- Looking across schools: before a school is known, and for the jobs. Each returns the least that will do.
----------------------------------------------------------------------------------------------------------

CREATE FUNCTION in_audience(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT EXISTS (
    SELECT FROM case_audience
    JOIN person ON person.school_id = case_audience.school_id AND person.id = case_audience.person_id
    WHERE case_audience.school_id = current_school() AND case_audience.case_id = which
      AND case_audience.person_id = current_person() AND case_audience.until IS NULL AND person.active
  );
END;

CREATE FUNCTION schools_of(which text, tenant_id text, member text)
RETURNS TABLE (school_id uuid, person_id uuid) LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT account.school_id, account.person_id FROM account
  JOIN person ON person.school_id = account.school_id AND person.id = account.person_id
  WHERE account.platform = which AND account.tenant = tenant_id AND account.user_id = member
    AND account.active AND person.active
  ORDER BY account.school_id;
END;

CREATE FUNCTION school_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC SELECT school.id FROM school ORDER BY school.key; END;

CREATE FUNCTION school_by_key(wanted text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC SELECT school.id FROM school WHERE school.key = wanted; END;

CREATE FUNCTION tenant_is_known(which text, tenant_id text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT EXISTS (SELECT FROM account WHERE account.platform = which AND account.tenant = tenant_id);
END;

CREATE FUNCTION school_of_handle(wanted bytea, now timestamptz) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT handle.school_id FROM handle WHERE handle.digest = wanted AND handle.expires_at > now;
END;

-- Whether something older that is not settled stands before a delivery: same person or channel, same case.
CREATE FUNCTION delivery_waits(later delivery, now timestamptz) RETURNS boolean
LANGUAGE sql STABLE
RETURN EXISTS (
  SELECT FROM delivery AS earlier
  WHERE earlier.school_id = later.school_id
    AND earlier.case_id IS NOT DISTINCT FROM later.case_id
    AND earlier.person_id IS NOT DISTINCT FROM later.person_id
    AND earlier.channel IS NOT DISTINCT FROM later.channel
    AND earlier.number < later.number
    AND earlier.state IN ('due', 'sending', 'held')
    AND (earlier.attempts > 0 OR earlier.due_at <= now)
);

CREATE FUNCTION due_deliveries(now timestamptz, most integer)
RETURNS TABLE (id uuid) LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT delivery.id FROM delivery
  WHERE delivery.due_at <= now
    AND (delivery.state IN ('due', 'held')
      OR (delivery.state = 'sending' AND delivery.leased_until <= now))
    AND NOT delivery_waits(delivery, now)
  ORDER BY delivery.number LIMIT most;
END;

-- Since when the longest waiting delivery has been due; null when nothing waits. For the health check.
CREATE FUNCTION waiting_since(now timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT min(delivery.created_at) FROM delivery
  WHERE delivery.state IN ('due', 'sending') AND (delivery.attempts > 0 OR delivery.due_at <= now);
END;

CREATE FUNCTION school_of_delivery(wanted uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC SELECT delivery.school_id FROM delivery WHERE delivery.id = wanted; END;

CREATE FUNCTION due_deadlines(now timestamptz, most integer)
RETURNS TABLE (id uuid, school_id uuid) LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT deadline.id, deadline.school_id FROM deadline
  WHERE deadline.state = 'running' AND deadline.wake_at <= now
  ORDER BY deadline.wake_at LIMIT most;
END;

-- Removes what has outlived its use: handles and request marks at their time, drafts after a day,
-- submissions after a month (long after every form that could repeat them has expired).
CREATE FUNCTION sweep_expired(now timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER
BEGIN ATOMIC
  WITH handles AS (DELETE FROM handle WHERE expires_at <= now RETURNING 1),
    requests AS (DELETE FROM request_seen WHERE expires_at <= now RETURNING 1),
    drafts AS (DELETE FROM draft WHERE updated_at <= now - interval '24 hours' RETURNING 1),
    submissions AS (DELETE FROM submission WHERE at <= now - interval '30 days' RETURNING 1)
  SELECT (SELECT count(*) FROM handles) + (SELECT count(*) FROM requests)
    + (SELECT count(*) FROM drafts) + (SELECT count(*) FROM submissions);
END;

-- True for the first who shows a request, on whichever replica; false for every repetition.
CREATE FUNCTION first_sight(which bytea, until timestamptz) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER
BEGIN ATOMIC
  WITH seen AS (
    INSERT INTO request_seen (digest, expires_at) VALUES (which, until)
    ON CONFLICT DO NOTHING RETURNING 1
  )
  SELECT count(*) = 1 FROM seen;
END;

-- The newest migration, for a start that may not look into the migrations' own table.
CREATE FUNCTION newest_migration() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT max(migration_name) FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL);
END
$$;

----------------------------------------------------------------------------------------------------------
-- Row-level security
----------------------------------------------------------------------------------------------------------

DO $$
DECLARE
  every text;
BEGIN
  FOR every IN
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', every);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', every);
  END LOOP;

  -- Read by everybody in the school, written by the product.
  FOREACH every IN ARRAY ARRAY['data_key', 'person', 'account'] LOOP
    EXECUTE format('CREATE POLICY own_school ON %I FOR SELECT TO concern_app
      USING (school_id = current_school())', every);
    EXECUTE format('CREATE POLICY by_product ON %I TO concern_app
      USING (school_id = current_school() AND is_product())', every);
  END LOOP;

  -- For the audience of the case and nobody else. What belongs to no case is the product's.
  FOREACH every IN ARRAY ARRAY['case_audience', 'case_event', 'answer', 'case_line', 'concern',
    'delivery', 'posted_message', 'deadline'] LOOP
    EXECUTE format('CREATE POLICY audience ON %I TO concern_app
      USING (school_id = current_school() AND (is_product() OR in_audience(case_id)))', every);
  END LOOP;

  -- One person's own.
  FOREACH every IN ARRAY ARRAY['receipt', 'draft', 'submission'] LOOP
    EXECUTE format('CREATE POLICY own ON %I TO concern_app
      USING (school_id = current_school() AND (is_product() OR person_id = current_person()))', every);
  END LOOP;
END
$$;

CREATE POLICY own_school ON school FOR SELECT TO concern_app USING (id = current_school());
CREATE POLICY by_product ON school TO concern_app USING (id = current_school() AND is_product());
CREATE POLICY audience ON case_file TO concern_app
  USING (school_id = current_school() AND (is_product() OR in_audience(id)));
CREATE POLICY own ON handle TO concern_app
  USING (school_id = current_school()
    AND (is_product() OR person_id IS NULL OR person_id = current_person()));
CREATE POLICY reported ON school_event FOR INSERT TO concern_app
  WITH CHECK (school_id = current_school()
    AND (is_product() OR actor IS NULL OR actor = current_person()));
CREATE POLICY by_product ON school_event FOR SELECT TO concern_app
  USING (school_id = current_school() AND is_product());
CREATE POLICY audience ON audit_entry FOR SELECT TO concern_app
  USING (school_id = current_school() AND (is_product() OR in_audience(case_id)));

CREATE POLICY appends ON audit_entry TO concern_audit USING (true) WITH CHECK (true);
CREATE POLICY looks_up ON school FOR SELECT TO concern_lookup USING (true);
CREATE POLICY looks_up ON person FOR SELECT TO concern_lookup USING (true);
CREATE POLICY looks_up ON account FOR SELECT TO concern_lookup USING (true);
CREATE POLICY looks_up ON case_audience FOR SELECT TO concern_lookup USING (true);
CREATE POLICY looks_up ON delivery FOR SELECT TO concern_lookup USING (true);
CREATE POLICY looks_up ON deadline FOR SELECT TO concern_lookup USING (true);
CREATE POLICY sweeps ON handle TO concern_lookup USING (true);
CREATE POLICY sweeps ON draft TO concern_lookup USING (true);
CREATE POLICY sweeps ON submission TO concern_lookup USING (true);
CREATE POLICY sweeps ON request_seen TO concern_lookup USING (true);

----------------------------------------------------------------------------------------------------------
-- Rights
----------------------------------------------------------------------------------------------------------

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO concern_app;
GRANT USAGE, CREATE ON SCHEMA public TO concern_lookup, concern_audit; -- CREATE only until the end of this file

GRANT SELECT, INSERT, UPDATE ON school, person, account TO concern_app;
GRANT SELECT, INSERT, UPDATE (wrapped_by, wrapped) ON data_key TO concern_app;
GRANT SELECT, INSERT, UPDATE (last_seq) ON case_file TO concern_app;
GRANT SELECT, INSERT, UPDATE (until) ON case_audience TO concern_app;
GRANT SELECT, INSERT ON case_event, answer, concern, school_event TO concern_app;
GRANT SELECT, INSERT, UPDATE ON case_line TO concern_app;
GRANT SELECT, INSERT, UPDATE (seen_at, closed_at) ON receipt TO concern_app;
GRANT SELECT, INSERT, UPDATE (state, attempts, unclear, faults, due_at, leased_until, settled_at, why)
  ON delivery TO concern_app;
GRANT SELECT, INSERT, UPDATE (name) ON posted_message TO concern_app;
GRANT SELECT, INSERT, UPDATE (due_at, wake_at, stage, state) ON deadline TO concern_app;
GRANT SELECT, INSERT, UPDATE (expires_at) ON handle TO concern_app;
GRANT SELECT, INSERT, UPDATE (content, updated_at), DELETE ON draft TO concern_app;
GRANT SELECT, INSERT, UPDATE (result), DELETE ON submission TO concern_app;
GRANT SELECT ON audit_entry TO concern_app;

GRANT SELECT, INSERT ON audit_entry TO concern_audit;
GRANT SELECT (id, key) ON school TO concern_lookup;
GRANT SELECT (school_id, id, active) ON person TO concern_lookup;
GRANT SELECT (school_id, platform, tenant, user_id, person_id, active) ON account TO concern_lookup;
GRANT SELECT ON case_audience, delivery, deadline TO concern_lookup;
GRANT SELECT (digest, school_id, expires_at), DELETE ON handle TO concern_lookup;
GRANT SELECT (updated_at), DELETE ON draft TO concern_lookup;
GRANT SELECT (at), DELETE ON submission TO concern_lookup;
GRANT SELECT, INSERT, DELETE ON request_seen TO concern_lookup;

GRANT EXECUTE ON FUNCTION current_school, current_person, is_product, delivery_waits
  TO concern_app, concern_lookup;
GRANT EXECUTE ON FUNCTION in_audience, schools_of, school_ids, school_by_key, tenant_is_known,
  school_of_handle, due_deliveries, waiting_since, school_of_delivery, due_deadlines, sweep_expired,
  first_sight, newest_migration TO concern_app;
GRANT EXECUTE ON FUNCTION audit_field, audit_list, audit_moment, audit_hash, audit_append TO concern_audit;

DO $$
DECLARE
  crossing text;
BEGIN
  FOREACH crossing IN ARRAY ARRAY['in_audience', 'schools_of', 'school_ids', 'school_by_key',
    'tenant_is_known', 'school_of_handle', 'due_deliveries', 'waiting_since', 'school_of_delivery',
    'due_deadlines', 'sweep_expired', 'first_sight'] LOOP
    EXECUTE format('ALTER FUNCTION %I OWNER TO concern_lookup', crossing);
  END LOOP;
  ALTER FUNCTION audit_append OWNER TO concern_audit;
  ALTER FUNCTION audit_case_event OWNER TO concern_audit;
  ALTER FUNCTION audit_school_event OWNER TO concern_audit;
END
$$;
REVOKE CREATE ON SCHEMA public FROM concern_lookup, concern_audit;
