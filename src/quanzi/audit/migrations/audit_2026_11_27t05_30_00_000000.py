"""The audit log: entries that the database itself numbers, dates and chains."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-27T05:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The audit log: entries that the database itself numbers, dates and chains."

STATEMENTS = """
create table audit_entry (
    seq bigint primary key,
    at timestamptz not null,
    actor_id bigint,
    deed text not null check (deed <> ''),
    circle_id bigint not null default 0,
    about text not null default '',
    member_id bigint,
    detail jsonb default '{}',
    salt bytea,
    detail_hash bytea not null,
    before bytea not null unique,
    hash bytea not null
);
create index audit_entry_circle on audit_entry (circle_id, seq);
create index audit_entry_actor on audit_entry (actor_id, seq);
create index audit_entry_member on audit_entry (member_id, seq)"""
# As `audit/chain.py` says it: who verifies does not ask the database what it has hashed.
CANONICAL = """
create function audit_canonical(variadic fields text[]) returns bytea language sql immutable as $$
    select convert_to(string_agg(
        coalesce(octet_length(convert_to(field, 'UTF8')) || ':' || field, '-'), ',' order by place
    ), 'UTF8')
    from unnest(fields) with ordinality as f(field, place)
$$"""
# Number, time and place in the chain are not for the writer to choose. A search path of its own, or
# a temporary table of the same name would be taken for the log.
CHAINS = """
create function audit_entry_chains() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare last record;
begin
    if num_nonnulls(new.seq, new.at, new.salt, new.detail_hash, new.before, new.hash) > 0 then
        raise exception 'an entry takes its number, its time and its place in the chain from here';
    end if;
    perform pg_advisory_xact_lock(7305027);
    select seq, hash into last from audit_entry order by seq desc limit 1;
    new.seq := coalesce(last.seq, 0) + 1;
    new.at := clock_timestamp();
    new.detail := coalesce(new.detail, '{}');
    new.salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    new.detail_hash := sha256(new.salt || convert_to(new.detail::text, 'UTF8'));
    new.before := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
    new.hash := sha256(audit_canonical(
        'quanzi-audit-1', new.seq::text, trunc(extract(epoch from new.at) * 1000000)::text,
        new.actor_id::text, new.deed, new.circle_id::text, new.about, new.member_id::text,
        encode(new.detail_hash, 'hex'), encode(new.before, 'hex')
    ));
    return new;
end $$"""
CHAINED = """
create trigger audit_entry_chains before insert on audit_entry
    for each row execute function audit_entry_chains()"""
STAYS = """
create function audit_entry_stays() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' then
        if new.detail is null and new.salt is null
           and to_jsonb(new) - '{detail,salt}'::text[] = to_jsonb(old) - '{detail,salt}'::text[]
           and current_setting('quanzi.erasing', true) in (old.actor_id::text, old.member_id::text)
        then
            return new;
        end if;
    end if;
    raise exception 'what was done stays as it was written';
end $$"""
STAY = """
create trigger audit_entry_stays before update or delete on audit_entry
    for each row execute function audit_entry_stays();
create trigger audit_entry_stays_whole before truncate on audit_entry
    for each statement execute function audit_entry_stays()"""
# With the rights of the table's owner: who may only write entries must still be able to erase.
FORGET = """
create function audit_forget(member bigint, most int) returns int language plpgsql
security definer set search_path = public, pg_temp as $$
declare forgotten int;
begin
    perform set_config('quanzi.erasing', member::text, true);
    update audit_entry set detail = null, salt = null where seq in (
        (select seq from audit_entry where member_id = member and salt is not null limit most)
        union
        (select seq from audit_entry where actor_id = member and salt is not null limit most)
    );
    get diagnostics forgotten = row_count;
    return forgotten;
end $$"""
FORGOTTEN = "revoke execute on function audit_forget(bigint, int) from public"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="audit", description=DESCRIPTION)

    async def run() -> None:
        for statement in (
            *STATEMENTS.split(";\n"),
            CANONICAL,
            CHAINS,
            CHAINED,
            STAYS,
            *STAY.split(";\n"),
            FORGET,
            FORGOTTEN,
        ):
            await rows(statement)

    manager.add_raw(run)
    return manager
