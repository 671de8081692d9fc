-- The roles of the application. Roles belong to the whole server and not to one database, so they are not
-- part of a migration: this file runs before the migrations at every start and changes nothing when all
-- is as it should be. Why there are four: docs/decisions/database-roles.md.
--
--   concern_owner   owns every table; nobody can log in as it
--   concern_lookup  runs the few functions that look across schools, and may do nothing else
--   concern_audit   appends to the audit trail, and may do nothing else
--   concern_app     what the running bot may do; its login role is made at start
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['concern_owner', 'concern_lookup', 'concern_audit', 'concern_app'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- another database of this server was first
      END;
    END IF;
  END LOOP;

  -- The migrating user works as concern_owner, and that role hands functions over to the other two.
  IF NOT pg_has_role(current_user, 'concern_owner', 'SET') THEN
    EXECUTE format('GRANT concern_owner TO %I WITH INHERIT FALSE, SET TRUE', current_user);
  END IF;
  IF NOT pg_has_role('concern_owner', 'concern_lookup', 'SET') THEN
    GRANT concern_lookup, concern_audit TO concern_owner WITH INHERIT FALSE, SET TRUE;
  END IF;

  EXECUTE format('GRANT CREATE ON DATABASE %I TO concern_owner', current_database());
  GRANT USAGE, CREATE ON SCHEMA public TO concern_owner WITH GRANT OPTION;
END
$$;
