-- The site as a role that owns nothing: it cannot turn off what keeps the audit log as it was written.
-- As the owner of the tables, after `quanzi migrate`, and again after each later one:
--     psql -v app=quanzi_app -f separate_role.sql
grant usage on schema public to :"app";
grant select, insert, update, delete on all tables in schema public to :"app";
grant usage, select on all sequences in schema public to :"app";
-- `quanzi search rebuild --all` begins with empty tables.
grant truncate on circle_search, member_search, post_search to :"app";
-- The owner's alone: what has been migrated, and what was done.
revoke insert, update, delete on migration, audit_entry from :"app";
grant insert (actor_id, deed, circle_id, about, member_id, detail) on audit_entry to :"app";
grant execute on function audit_forget(bigint, int) to :"app";
