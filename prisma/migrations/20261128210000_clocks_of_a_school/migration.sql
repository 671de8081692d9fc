-- What happens in a school by the clock and belongs to no case, a second way to reach a person, and what the
-- jobs need in order to prove that nothing is forgotten. Only adds: the version before this one goes on working.

----------------------------------------------------------------------------------------------------------
-- The clocks of a school
----------------------------------------------------------------------------------------------------------

-- One row for each week and each thing that comes once a week, written before its time. However many replicas
-- look at it, one acts: `stage` says how far it has gone.
CREATE TABLE school_clock (
  id uuid PRIMARY KEY,
  school_id uuid NOT NULL REFERENCES school (id),
  what text NOT NULL CHECK (what IN ('summary', 'monitoring')),
  week text NOT NULL CHECK (week ~ '^\d{4}-W\d{2}$'), -- ISO week
  due_at timestamptz(3) NOT NULL,
  wake_at timestamptz(3), -- when somebody must look next; null: nothing more to do
  stage integer NOT NULL DEFAULT 0 CHECK (stage >= 0),
  answer text CHECK (answer IN ('nothing', 'concern')),
  answered_by uuid,
  answered_at timestamptz(3),
  UNIQUE (school_id, what, week),
  FOREIGN KEY (school_id, answered_by) REFERENCES person (school_id, id)
);
CREATE INDEX school_clock_wake ON school_clock (wake_at);

-- Who could read the lead's channel when it was last looked at, by their ids here, and what was wrong with it.
CREATE TABLE channel_watch (
  school_id uuid NOT NULL REFERENCES school (id),
  platform text NOT NULL CHECK (platform IN ('teams', 'slack')),
  wake_at timestamptz(3) NOT NULL,
  trouble text, -- a code; null: all is well
  members uuid[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (school_id, platform)
);
CREATE INDEX channel_watch_wake ON channel_watch (wake_at);

----------------------------------------------------------------------------------------------------------
-- More about what there is
----------------------------------------------------------------------------------------------------------

ALTER TABLE case_line
  ADD COLUMN kinds text[] NOT NULL DEFAULT '{}', -- procedures that run, the spine left out
  ADD COLUMN awaits boolean NOT NULL DEFAULT false, -- some agency has not answered yet
  ADD COLUMN outcome text; -- the code of its end

-- `route`: this way only, and beside whatever else tries to reach the person. `late`: what has been done about
-- it for not having arrived in time.
ALTER TABLE delivery
  ADD COLUMN route text CHECK (route = 'email'),
  ADD COLUMN late integer NOT NULL DEFAULT 0 CHECK (late >= 0);
ALTER TABLE delivery ADD CONSTRAINT delivery_route_is_a_persons CHECK (route IS NULL OR person_id IS NOT NULL);
CREATE INDEX delivery_open ON delivery (created_at) WHERE state IN ('due', 'sending', 'held');

-- Whether something older that is not settled stands before a delivery: same person by the same way, or same
-- channel, and same case.
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
    AND earlier.state IN ('due', 'sending', 'held')
    AND (earlier.attempts > 0 OR earlier.due_at <= now)
);

----------------------------------------------------------------------------------------------------------
-- Looking across schools, for the jobs
----------------------------------------------------------------------------------------------------------

CREATE FUNCTION due_school_clocks(now timestamptz, most integer)
RETURNS TABLE (id uuid, school_id uuid) LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT school_clock.id, school_clock.school_id FROM school_clock
  WHERE school_clock.wake_at <= now ORDER BY school_clock.wake_at LIMIT most;
END;

CREATE FUNCTION due_channel_watches(now timestamptz, most integer)
RETURNS TABLE (school_id uuid, platform text) LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT channel_watch.school_id, channel_watch.platform FROM channel_watch
  WHERE channel_watch.wake_at <= now ORDER BY channel_watch.wake_at LIMIT most;
END;

-- Messages that somebody must act on and that have not arrived: for longer than `first` and nothing was done
-- about it, or for longer than `second` and only the first thing was.
CREATE FUNCTION late_deliveries(first timestamptz, second timestamptz, messages text[], most integer)
RETURNS TABLE (id uuid, school_id uuid) LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT delivery.id, delivery.school_id FROM delivery
  WHERE delivery.state IN ('due', 'sending', 'held') AND delivery.mode = 'send'
    AND delivery.case_id IS NOT NULL AND delivery.message->>'type' = ANY (messages)
    AND ((delivery.late = 0 AND delivery.created_at <= first)
      OR (delivery.late = 1 AND delivery.created_at <= second))
  ORDER BY delivery.number LIMIT most;
END;

-- Open cases whose holder has left.
CREATE FUNCTION cases_of_leavers(most integer)
RETURNS TABLE (case_id uuid, school_id uuid) LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT case_line.case_id, case_line.school_id FROM case_line
  JOIN person ON person.school_id = case_line.school_id AND person.id = case_line.holder
  WHERE case_line.state <> 'closed' AND NOT person.active
  ORDER BY case_line.case_id LIMIT most;
END;

-- What the health check and the metrics say: numbers over all schools, never about one.
-- `unheard`: open cases older than five minutes, of the last week, of which no message has reached anybody.
CREATE FUNCTION measures(now timestamptz, messages text[])
RETURNS TABLE (unclaimed bigint, unheard bigint, clocks_due bigint, waiting bigint, held bigint)
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT
    (SELECT count(*) FROM case_line WHERE case_line.state = 'new'),
    (SELECT count(*) FROM case_file JOIN case_line ON case_line.case_id = case_file.id
      WHERE case_line.state = 'new'
        AND case_file.opened_at BETWEEN now - interval '7 days' AND now - interval '5 minutes'
        AND NOT EXISTS (SELECT FROM delivery
          WHERE delivery.school_id = case_file.school_id AND delivery.case_id = case_file.id
            AND delivery.message->>'type' = ANY (messages)
            AND (delivery.state = 'sent' OR delivery.why = 'folded'))),
    (SELECT count(*) FROM deadline WHERE deadline.state = 'running' AND deadline.wake_at <= now)
      + (SELECT count(*) FROM school_clock WHERE school_clock.wake_at <= now),
    (SELECT count(*) FROM delivery WHERE delivery.state IN ('due', 'sending')
      AND (delivery.attempts > 0 OR delivery.due_at <= now)),
    (SELECT count(*) FROM delivery WHERE delivery.state = 'held');
END;

----------------------------------------------------------------------------------------------------------
-- Row-level security and rights
----------------------------------------------------------------------------------------------------------

DO $$
DECLARE
  every text;
BEGIN
  FOREACH every IN ARRAY ARRAY['school_clock', 'channel_watch'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', every);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', every);
    EXECUTE format('CREATE POLICY by_product ON %I TO concern_app
      USING (school_id = current_school() AND is_product())', every);
    EXECUTE format('CREATE POLICY looks_up ON %I FOR SELECT TO concern_lookup USING (true)', every);
  END LOOP;
END
$$;
CREATE POLICY looks_up ON case_line FOR SELECT TO concern_lookup USING (true);
CREATE POLICY looks_up ON case_file FOR SELECT TO concern_lookup USING (true);

GRANT USAGE, CREATE ON SCHEMA public TO concern_lookup; -- CREATE only until the end of this file
GRANT SELECT, INSERT, UPDATE (due_at, wake_at, stage, answer, answered_by, answered_at)
  ON school_clock TO concern_app;
GRANT SELECT, INSERT, UPDATE (wake_at, trouble, members) ON channel_watch TO concern_app;
GRANT UPDATE (late) ON delivery TO concern_app;
GRANT SELECT (id, school_id, wake_at) ON school_clock TO concern_lookup;
GRANT SELECT (school_id, platform, wake_at) ON channel_watch TO concern_lookup;
GRANT SELECT (case_id, school_id, holder, state) ON case_line TO concern_lookup;
GRANT SELECT (id, school_id, opened_at) ON case_file TO concern_lookup;

REVOKE ALL ON FUNCTION due_school_clocks, due_channel_watches, late_deliveries, cases_of_leavers, measures
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION due_school_clocks, due_channel_watches, late_deliveries, cases_of_leavers, measures
  TO concern_app;
ALTER FUNCTION due_school_clocks OWNER TO concern_lookup;
ALTER FUNCTION due_channel_watches OWNER TO concern_lookup;
ALTER FUNCTION late_deliveries OWNER TO concern_lookup;
ALTER FUNCTION cases_of_leavers OWNER TO concern_lookup;
ALTER FUNCTION measures OWNER TO concern_lookup;
REVOKE CREATE ON SCHEMA public FROM concern_lookup;
