-- A database that was put back from a copy has messages waiting that were sent since the copy was made. It is
-- known by where it lives: a copy lives in another cluster, on another timeline, or in another database. Source: assurance.md R30.

CREATE TABLE data_home (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  mark text NOT NULL,
  -- When a process last said that it works here. In a copy: how old the copy is, to the minute.
  alive_at timestamptz(3) NOT NULL,
  -- The last copy that was put back: how old it was, when that was found, when the held messages were let go,
  -- and when the schools were told.
  copied_at timestamptz(3),
  found_at timestamptz(3),
  released_at timestamptz(3),
  told_at timestamptz(3),
  CONSTRAINT data_home_copy CHECK ((copied_at IS NULL) = (found_at IS NULL)),
  CONSTRAINT data_home_after CHECK (found_at IS NOT NULL OR (released_at IS NULL AND told_at IS NULL))
);
ALTER TABLE data_home ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_home FORCE ROW LEVEL SECURITY;
CREATE POLICY looks_up ON data_home TO concern_lookup USING (true) WITH CHECK (true);
CREATE POLICY holds_back ON delivery FOR UPDATE TO concern_lookup USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON data_home TO concern_lookup;
GRANT UPDATE (state, unclear, due_at, leased_until, settled_at, why) ON delivery TO concern_lookup;

-- Cluster, timeline, database and table: one of them is another after every restore but that of a whole disk.
-- Where the host of the database does not show the first two, the others must do.
CREATE FUNCTION home_mark() RETURNS text LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  cluster text := '';
  timeline text := '';
BEGIN
  BEGIN
    SELECT system_identifier INTO cluster FROM pg_control_system();
    timeline := substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8);
  EXCEPTION WHEN insufficient_privilege OR undefined_function THEN NULL;
  END;
  RETURN concat_ws(':', cluster, timeline,
    (SELECT oid FROM pg_database WHERE datname = current_database()), 'audit_entry'::regclass::oid);
END
$$;

-- Whether this is a copy that nobody has looked at yet: nothing is sent from it.
CREATE FUNCTION home_moved() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC SELECT EXISTS (SELECT FROM data_home WHERE data_home.mark <> home_mark()); END;

-- Held messages go out, marked as sent again, or are dropped. Returns how many there were.
CREATE FUNCTION release_held(dropping boolean) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  many bigint;
BEGIN
  UPDATE delivery SET state = CASE WHEN dropping THEN 'dropped' ELSE 'due' END, due_at = clock_timestamp(),
    why = CASE WHEN dropping THEN 'restored' END, settled_at = CASE WHEN dropping THEN clock_timestamp() END
  WHERE state = 'held';
  GET DIAGNOSTICS many = ROW_COUNT;
  UPDATE data_home SET released_at = clock_timestamp() WHERE found_at IS NOT NULL AND released_at IS NULL;
  RETURN many;
END
$$;

-- Says that a process works here. In a copy that nobody has looked at, it first holds back what waits to be
-- sent; after an hour in which nobody decided, that goes out all the same, since a doubled message harms nobody
-- and a lost one may. A copy of less than ten minutes ago, such as after a failover, holds nothing back: what
-- may come twice says so. `forced`: the operator knows of a copy that left no trace.
CREATE FUNCTION look_at_home(forced boolean) RETURNS SETOF data_home
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  here data_home;
  this_mark text := home_mark();
  moment timestamptz := clock_timestamp();
  fresh boolean;
BEGIN
  SELECT * INTO here FROM data_home;
  IF FOUND AND NOT forced AND here.mark = this_mark AND here.alive_at > moment - interval '30 seconds'
    AND (here.found_at IS NULL OR here.released_at IS NOT NULL OR here.found_at > moment - interval '1 hour')
  THEN
    RETURN NEXT here;
    RETURN;
  END IF;
  INSERT INTO data_home (mark, alive_at) VALUES (this_mark, moment) ON CONFLICT DO NOTHING;
  SELECT * INTO here FROM data_home FOR UPDATE;
  IF forced OR here.mark <> this_mark THEN
    fresh := here.alive_at > moment - interval '10 minutes' AND NOT forced;
    UPDATE data_home SET mark = this_mark, copied_at = alive_at, found_at = moment,
      released_at = CASE WHEN fresh THEN moment END, told_at = CASE WHEN fresh THEN moment END;
    UPDATE delivery SET unclear = true, leased_until = NULL,
      state = CASE WHEN fresh THEN 'due' ELSE 'held' END
    WHERE state IN ('due', 'sending') AND mode = 'send';
  ELSIF here.released_at IS NULL AND here.found_at <= moment - interval '1 hour' THEN
    PERFORM release_held(false);
  END IF;
  UPDATE data_home SET alive_at = moment;
  RETURN QUERY SELECT * FROM data_home;
END
$$;

-- The schools know of it.
CREATE FUNCTION home_told() RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER
BEGIN ATOMIC
  UPDATE data_home SET told_at = clock_timestamp() WHERE data_home.found_at IS NOT NULL AND data_home.told_at IS NULL;
END;

-- The operator moved the database and says that nothing is missing: it is no copy.
CREATE FUNCTION home_is_here() RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER
BEGIN ATOMIC UPDATE data_home SET mark = home_mark(), alive_at = clock_timestamp(); END;

-- What is held keeps nothing else from going out.
CREATE OR REPLACE FUNCTION delivery_waits(later delivery, now timestamptz) RETURNS boolean
LANGUAGE sql STABLE
RETURN EXISTS (
  SELECT FROM delivery AS earlier
  WHERE earlier.school_id = later.school_id
    AND earlier.case_id IS NOT DISTINCT FROM later.case_id
    AND earlier.person_id IS NOT DISTINCT FROM later.person_id
    AND earlier.channel IS NOT DISTINCT FROM later.channel
    AND earlier.route IS NOT DISTINCT FROM later.route
    AND earlier.number < later.number
    AND earlier.state IN ('due', 'sending')
    AND (earlier.attempts > 0 OR earlier.due_at <= now)
);

GRANT CREATE ON SCHEMA public TO concern_lookup;
REVOKE ALL ON FUNCTION home_moved, release_held, look_at_home, home_told, home_is_here FROM PUBLIC;
GRANT EXECUTE ON FUNCTION home_mark, home_moved, release_held, look_at_home, home_told, home_is_here
  TO concern_app, concern_lookup;
ALTER FUNCTION home_moved OWNER TO concern_lookup;
ALTER FUNCTION release_held OWNER TO concern_lookup;
ALTER FUNCTION look_at_home OWNER TO concern_lookup;
ALTER FUNCTION home_told OWNER TO concern_lookup;
ALTER FUNCTION home_is_here OWNER TO concern_lookup;

-- Only its owner may replace these.
SET LOCAL ROLE concern_lookup;

CREATE OR REPLACE FUNCTION due_deliveries(now timestamptz, most integer)
RETURNS TABLE (id uuid) LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT delivery.id FROM delivery
  WHERE delivery.due_at <= now AND NOT home_moved()
    AND (delivery.state = 'due' OR (delivery.state = 'sending' AND delivery.leased_until <= now))
    AND NOT delivery_waits(delivery, now)
  ORDER BY delivery.number LIMIT most;
END;

CREATE OR REPLACE FUNCTION late_deliveries(first timestamptz, second timestamptz, messages text[], most integer)
RETURNS TABLE (id uuid, school_id uuid) LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT delivery.id, delivery.school_id FROM delivery
  WHERE delivery.state IN ('due', 'sending') AND delivery.mode = 'send'
    AND delivery.case_id IS NOT NULL AND delivery.message->>'type' = ANY (messages)
    AND ((delivery.late = 0 AND delivery.created_at <= first)
      OR (delivery.late = 1 AND delivery.created_at <= second))
  ORDER BY delivery.number LIMIT most;
END;

SET LOCAL ROLE concern_owner;
REVOKE CREATE ON SCHEMA public FROM concern_lookup;
