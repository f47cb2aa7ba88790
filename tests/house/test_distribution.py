"""Every table could lie on many machines: what its rows are spread by stands in each of its keys.

As Citus asks it: a row is unique on one machine or nowhere. `docs/scale.md` says what that is good for.
"""

import pytest

from quanzi.db.engine import rows

# Small, read by everybody, changed by few: a copy on each machine.
EVERYWHERE = {
    "application", "barred_person", "category", "circle", "credit_cursor", "credit_rule_set",
    "history", "insight_roll", "invitation", "migration", "partner", "screening_list", "site", "staff",
}  # fmt: skip
# Whose rows are found by their own number or name alone, whatever they are about.
BY_THEMSELVES = {
    "audit_entry": "seq",
    "concern": "id",
    "credit_expiry": "entry_id",
    "link_page": "address",
    "oauth_code": "secret",
    "oauth_token": "secret",
    "push_message": "subscription_id",
    "revocation": "id",
    "screening_picture": "hash",
    "screening_print": "id",
    "screening_verdict": "id",
    "sealed_look": "id",
    "session": "id",
}
# A member's own: by this column.
BY_MEMBER = {
    "credit_pair": "author_id", "member": "id", "member_follow": "follower_id", "once": "actor_id",
}  # fmt: skip
MEMBER_TOO = {
    "access_key", "consent", "credential", "credit_account", "credit_appeal", "credit_entry",
    "data_export", "digest", "dismissal", "insight_letter", "leaving", "letter",
    "mailbox", "mailbox_wish", "member_figure", "member_search", "notice", "oauth_app", "oauth_grant", "openid_link",
    "people_setting", "preference", "push_subscription", "verification_request",
    "verified",
}  # fmt: skip
# Keys that do not name what the rows are spread by, and how they would come to.
STILL_WITHOUT = {
    "access_key(id)": "numbers are not shared: the member joins the key",
    "access_key(secret)": "a table of its own, by secret, that names the member",
    "consent(id)": "the member joins the key",
    "credit_appeal(id)": "the member joins the key",
    "credit_appeal(entry_id)": "the member joins the key",
    "credit_entry(id)": "the member joins the key",
    "credit_entry(reverses)": "an entry is reversed on its member's machine: the member joins the key",
    "data_export(id)": "the member joins the key",
    "letter(id)": "the member joins the key",
    "letter(key)": "the key is made of the member's number already",
    "mailbox_wish(token_hash)": "the member joins the key, and the address in the letter",
    "member(handle)": "a table of its own, by handle, that names the member",
    "oauth_app(id)": "the member joins the key",
    "oauth_app(client_id)": "a table of its own, by client id, that names the member",
    "oauth_code(grant_id)": "the code's row lies with its grant: the grant is what it goes by",
    "oauth_grant(app_id)": "an app's own grant lies with its maker: the member joins the key",
    "oauth_grant(id)": "the member joins the key",
    "openid_link(issuer,subject)": "a table of its own, by issuer and subject",
    "push_message(id)": "the subscription joins the key",
    "push_subscription(id)": "the member joins the key",
    "push_subscription(endpoint)": "a device that changes hands: a table of its own, by endpoint",
    "verification_request(id)": "the member joins the key",
    "verified(fingerprint)": "one person, one account: a table of its own, by fingerprint",
    "audit_entry(before)": "one chain, one machine: it is not spread at all",
}


def spread_by(table: str) -> str:
    if table in BY_THEMSELVES:
        return BY_THEMSELVES[table]
    if table in BY_MEMBER:
        return BY_MEMBER[table]
    return "member_id" if table in MEMBER_TOO else "circle_id"


async def keys() -> list[tuple[str, list[str]]]:
    found = await rows(
        """select c.relname as name, array_agg(a.attname::text order by k.n) as columns
           from pg_index i join pg_class c on c.oid = i.indrelid
           join pg_namespace s on s.oid = c.relnamespace and s.nspname = 'public'
           cross join unnest(i.indkey::int2[]) with ordinality as k(att, n)
           join pg_attribute a on a.attrelid = c.oid and a.attnum = k.att
           where i.indisunique group by c.relname, i.indexrelid order by 1, 2"""
    )
    return [(line["name"], list(line["columns"])) for line in found]


async def test_what_a_table_is_spread_by_stands_in_all_its_keys(database):
    without = {
        f"{table}({','.join(columns)})"
        for table, columns in await keys()
        if table not in EVERYWHERE and spread_by(table) not in columns
    }
    assert without == set(STILL_WITHOUT)


async def test_every_table_has_the_column_that_it_is_spread_by(database):
    found = await rows(
        """select t.tablename::text as name, array_agg(c.column_name::text) as columns
           from pg_tables t join information_schema.columns c
               on c.table_schema = t.schemaname and c.table_name = t.tablename
           where t.schemaname = 'public' group by 1"""
    )
    lacking = [
        line["name"]
        for line in found
        if line["name"] not in EVERYWHERE and spread_by(line["name"]) not in line["columns"]
    ]
    assert lacking == []
    named = EVERYWHERE | set(BY_THEMSELVES) | set(BY_MEMBER) | MEMBER_TOO
    assert named <= {line["name"] for line in found}


async def test_what_belongs_to_a_circle_points_to_its_own_circle_only(database):
    """Two rows that hold each other lie on one machine: the circle is part of how they do."""
    found = await rows(
        """select c.conrelid::regclass::text as from_table, c.confrelid::regclass::text as to_table,
                  array(select a.attname::text from unnest(c.conkey) k
                        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k) as columns
           from pg_constraint c where c.contype = 'f'"""
    )
    apart = [
        f"{line['from_table']}({','.join(line['columns'])}) → {line['to_table']}"
        for line in found
        if line["to_table"] not in EVERYWHERE | {"member"}
        and spread_by(line["from_table"]) == "circle_id"
        and line["from_table"] not in EVERYWHERE
        and "circle_id" not in line["columns"]
    ]
    assert apart == []


@pytest.mark.parametrize("key", STILL_WITHOUT)
def test_a_key_without_it_is_not_a_circles(key):
    """What grows with a circle's followers has no exception."""
    assert spread_by(key.partition("(")[0]) != "circle_id"
