"""The credit ledger: rules, entries, and what each account stands at."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from quanzi.db.engine import rows

ID = "2026-11-24T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The credit ledger: rules, entries, and what each account stands at."

# The score follows the total by itself, so the two cannot disagree; that the total is the sum of the
# entries is the ledger's business, and `quanzi credit check` recounts it.
# Entries stay as they were written, whoever asks. Only who erases a member says so beforehand.
STATEMENTS = """
create table credit_rule_set (
    version int primary key,
    rules jsonb not null,
    note text not null default '',
    made_by bigint,
    made_at timestamptz not null default now()
);
create table credit_account (
    member_id bigint primary key references member on delete cascade,
    total int not null default 0,
    score int not null generated always as (greatest(350, least(950, 550 + total))) stored,
    months int not null default 0,
    band_shown boolean not null default true
);
create table credit_entry (
    id bigserial primary key,
    member_id bigint not null references member,
    rule text not null,
    detail text not null default '',
    points int not null,
    cause text not null,
    circle_id bigint not null default 0,
    cause_id bigint not null default 0,
    rule_version int not null,
    reverses bigint unique,
    note text not null default '',
    at timestamptz not null default now(),
    expires_at timestamptz
);
create unique index credit_entry_once
    on credit_entry (member_id, rule, cause, circle_id, cause_id, detail);
create index credit_entry_member on credit_entry (member_id, at desc, id desc);
create index credit_entry_cause on credit_entry (circle_id, cause_id, cause);
create index credit_entry_at on credit_entry (at);
create table credit_expiry (
    entry_id bigint primary key,
    at timestamptz not null
);
create index credit_expiry_at on credit_expiry (at);
create table credit_pair (
    author_id bigint not null,
    liker_id bigint not null,
    month date not null,
    n int not null,
    primary key (author_id, liker_id, month)
);
create index credit_pair_liker on credit_pair (liker_id);
create table credit_cursor (
    name text primary key,
    at timestamptz not null,
    id bigint not null default 0
)"""
KEEP = """
create function credit_entry_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('quanzi.erasing', true) = old.member_id::text then
        return old;
    end if;
    raise exception 'what counted stays as it was written';
end $$"""
KEPT = """
create trigger credit_entry_stays before update or delete on credit_entry
    for each row execute function credit_entry_stays()"""
# As they are at the first start; `tests/credit/first.py` says the same, and a test holds the two together.
FIRST = """
insert into credit_rule_set (version, rules, note) values (1, '{
    "verified": {"points": 60},
    "member": {"points": 5, "most": 60},
    "kept": {"points": 2, "per_day": 4, "expires_days": 365},
    "liked": {"per_day": 10, "expires_days": 365, "per_pair": 3,
              "steps": {"3": 1, "10": 2, "30": 3, "100": 4}},
    "digest": {"points": 8, "per_day": 16, "expires_days": 365},
    "helped": {"points": 3, "per_day": 9, "expires_days": 365},
    "decision": {"expires_days": 365, "steps": {
        "sexual": -60, "gambling": -60, "fraud": -120, "violence": -60, "contraband": -80,
        "abuse": -30, "advertising": -30, "privacy": -40, "other": -20}},
    "banned": {"points": -100, "expires_days": 730}
}', '')"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="credit", description=DESCRIPTION)

    async def run() -> None:
        for statement in (*STATEMENTS.split(";\n"), KEEP, KEPT, FIRST):
            await rows(statement)

    manager.add_raw(run)
    return manager
