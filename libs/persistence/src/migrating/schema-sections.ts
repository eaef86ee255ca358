/** One part of the description: a query that gives one text column `line`, in a fixed order. */
export interface SchemaSection {
  readonly title: string;
  readonly sql: string;
}

/** The grantee of an access control entry, with whoever owns the object called "owner". */
const GRANTEE = `CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END`;

/** `schema_migration` is the migrator's own. */
const TABLES = `c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migration'`;

const TABLES_SECTION = `
  SELECT format(E'\\nCREATE TABLE public.%I (\\n%s\\n);', c.relname, string_agg(part.line, E',\\n' ORDER BY part.kind, part.position, part.line)) AS line
  FROM pg_class c
  CROSS JOIN LATERAL (
    SELECT 1 AS kind, a.attnum::int AS position,
      format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE ' NULL' END,
        coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT 2, CASE k.contype WHEN 'p' THEN 1 WHEN 'u' THEN 2 WHEN 'f' THEN 3 ELSE 4 END,
      format('  CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid))
    FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
  ) part
  WHERE ${TABLES} GROUP BY c.oid, c.relname ORDER BY c.relname COLLATE "C"`;

const INDEXES_SECTION = `
  SELECT pg_get_indexdef(i.indexrelid) || ';' AS line
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
  WHERE ${TABLES} AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
  ORDER BY c.relname COLLATE "C", x.relname COLLATE "C"`;

const COMMENTS_SECTION = `
  SELECT format('COMMENT ON %s IS %L;',
    CASE s.objsubid WHEN 0 THEN format('TABLE public.%I', c.relname) ELSE format('COLUMN public.%I.%I', c.relname, a.attname) END,
    s.description) AS line
  FROM pg_description s JOIN pg_class c ON c.oid = s.objoid AND s.classoid = 'pg_class'::regclass
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = s.objsubid
  WHERE ${TABLES} ORDER BY c.relname COLLATE "C", s.objsubid`;

const ROW_SECURITY_SECTION = `
  SELECT line FROM (
    SELECT c.relname AS name, 1 AS kind, '' AS second,
      format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY%s;', c.relname, CASE WHEN c.relforcerowsecurity THEN ', FORCE ROW LEVEL SECURITY' ELSE '' END) AS line
    FROM pg_class c WHERE ${TABLES} AND c.relrowsecurity
    UNION ALL
    SELECT c.relname, 2, p.polname::text,
      format('CREATE POLICY %I ON public.%I %s FOR %s TO %s%s%s;', p.polname, c.relname,
        CASE WHEN p.polpermissive THEN 'AS PERMISSIVE' ELSE 'AS RESTRICTIVE' END,
        CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
        (SELECT string_agg(CASE WHEN r = c.relowner THEN 'owner' WHEN r = 0 THEN 'PUBLIC' ELSE r::regrole::text END, ', ' ORDER BY r::regrole::text) FROM unnest(p.polroles) r),
        coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', ''),
        coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', ''))
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE ${TABLES}
  ) everything ORDER BY name COLLATE "C", kind, second COLLATE "C"`;

const FUNCTIONS_SECTION = `
  SELECT E'\\n' || rtrim(pg_get_functiondef(p.oid), E'\\n') || ';' AS line
  FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace ORDER BY p.oid::regprocedure::text COLLATE "C"`;

const TRIGGERS_SECTION = `
  SELECT pg_get_triggerdef(t.oid) || ';' || CASE t.tgenabled WHEN 'O' THEN '' WHEN 'A' THEN ' -- always' ELSE ' -- NOT ENABLED' END AS line
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE ${TABLES} AND NOT t.tgisinternal ORDER BY c.relname COLLATE "C", t.tgname COLLATE "C"`;

const GRANTS_SECTION = `
  SELECT line FROM (
    SELECT 1 AS kind, format('GRANT %s ON SCHEMA public TO %s;', string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type), ${GRANTEE}) AS line
    FROM pg_namespace n CROSS JOIN aclexplode(n.nspacl) a
    WHERE n.nspname = 'public' AND a.grantee <> n.nspowner AND a.grantee IS DISTINCT FROM (SELECT d.datdba FROM pg_database d WHERE d.datname = current_database())
    GROUP BY a.grantee
    UNION ALL
    SELECT 2, format('GRANT %s ON TABLE public.%I TO %s;', string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type), c.relname, ${GRANTEE})
    FROM pg_class c CROSS JOIN aclexplode(c.relacl) a WHERE ${TABLES} AND a.grantee <> c.relowner GROUP BY c.relname, a.grantee
    UNION ALL
    SELECT 2, format('GRANT %s (%s) ON TABLE public.%I TO %s;', a.privilege_type, string_agg(quote_ident(t.attname), ', ' ORDER BY t.attnum), c.relname, ${GRANTEE})
    FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid CROSS JOIN aclexplode(t.attacl) a
    WHERE ${TABLES} AND a.grantee <> c.relowner GROUP BY c.relname, a.privilege_type, a.grantee
    UNION ALL
    SELECT 3, format('GRANT EXECUTE ON FUNCTION %s TO %s;', p.oid::regprocedure, ${GRANTEE})
    FROM pg_proc p CROSS JOIN aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    WHERE p.pronamespace = 'public'::regnamespace AND a.grantee <> p.proowner
    UNION ALL
    SELECT 4, format('GRANT %s ON SCHEMA bullmq TO %s;', string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type), ${GRANTEE})
    FROM pg_namespace n CROSS JOIN aclexplode(n.nspacl) a WHERE n.nspname = 'bullmq' AND a.grantee <> n.nspowner GROUP BY a.grantee
  ) everything ORDER BY kind, line COLLATE "C"`;

const SEQUENCES_SECTION = `
  SELECT format('CREATE SEQUENCE public.%I;', c.relname) AS line
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S' ORDER BY c.relname COLLATE "C"`;

const ROLES_SECTION = `
  SELECT format('%s%s; -- %s', r.rolname,
    CASE WHEN r.rolcanlogin THEN ' LOGIN' ELSE '' END
      || CASE WHEN r.rolsuper THEN ' SUPERUSER' ELSE '' END || CASE WHEN r.rolbypassrls THEN ' BYPASSRLS' ELSE '' END
      || CASE WHEN r.rolcreaterole THEN ' CREATEROLE' ELSE '' END || CASE WHEN r.rolcreatedb THEN ' CREATEDB' ELSE '' END
      || CASE WHEN r.rolinherit THEN ' INHERIT' ELSE '' END,
    (SELECT string_agg(setting, ', ' ORDER BY setting) FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) setting
     WHERE s.setrole = r.oid AND s.setdatabase = 0)) AS line
  FROM pg_roles r WHERE r.rolname IN ('recourse_intake', 'recourse_casework', 'recourse_worker') ORDER BY r.rolname COLLATE "C"`;

/** Every part, in the order of the file. */
export const SCHEMA_SECTIONS: readonly SchemaSection[] = [
  { title: 'tables', sql: TABLES_SECTION },
  { title: 'indexes', sql: INDEXES_SECTION },
  { title: 'sequences (there must be none)', sql: SEQUENCES_SECTION },
  { title: 'comments', sql: COMMENTS_SECTION },
  { title: 'row-level security', sql: ROW_SECURITY_SECTION },
  { title: 'functions', sql: FUNCTIONS_SECTION },
  { title: 'triggers', sql: TRIGGERS_SECTION },
  { title: 'grants', sql: GRANTS_SECTION },
  { title: 'roles', sql: ROLES_SECTION },
];
