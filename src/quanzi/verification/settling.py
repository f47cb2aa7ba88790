"""The one place where a member becomes verified, and the one where that ends."""

from dataclasses import dataclass

from asyncpg import UniqueViolationError

from quanzi.activity.concerning import concern
from quanzi.credit import ledger
from quanzi.credit.ledger import Cause
from quanzi.db.engine import row, rows
from quanzi.db.transaction import transaction
from quanzi.errors import Conflict, said
from quanzi.identity.sessions import revoke
from quanzi.verification import barring

BARRED = said("用这份证件认证过的账号正被封禁，现在不能认证另一个账号。")
TAKEN = said("这份证件已经认证过另一个账号。每个人只能认证一个账号。")


@dataclass(frozen=True, slots=True)
class Proof:
    """What is kept: who says so, by which receipt, and of the number a fingerprint and its ends.

    `wrapped_key`, `sealed_name`, `sealed_number`: only where the operator keeps them.
    """

    provider: str
    receipt: str = ""
    fingerprint: bytes | None = None
    masked: str = ""
    wrapped_key: bytes | None = None
    key_version: int = 0
    sealed_name: bytes | None = None
    sealed_number: bytes | None = None


async def settle(member_id: int, proof: Proof, by: int | None) -> None:
    """Verified from now on. Again changes nothing. Raises Conflict: this person has an account, or had
    one that is suspended.
    """
    try:
        async with transaction():
            if await barring.is_barred(proof.fingerprint):
                raise Conflict(BARRED)
            made = await rows(
                """insert into verified (member_id, provider, receipt, fingerprint, masked,
                                         wrapped_key, key_version, sealed_name, sealed_number)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                   on conflict (member_id) do nothing returning 1""",
                member_id,
                proof.provider,
                proof.receipt,
                proof.fingerprint,
                proof.masked,
                proof.wrapped_key,
                proof.key_version,
                proof.sealed_name,
                proof.sealed_number,
            )
            if not made:
                return
            await rows("update member set verified_at = now() where id = $1", member_id)
            await ledger.enter(member_id, "verified", await _cause(member_id))
            await concern(member_id, "verification.approved", actor_id=by)
    except UniqueViolationError as taken:
        raise Conflict(TAKEN) from taken


async def unsettle(member_id: int) -> None:
    """No longer verified, and nothing kept of it. Circles that ask for it fall silent."""
    async with transaction():
        await rows("delete from verified where member_id = $1", member_id)
        await rows("update member set verified_at = null where id = $1", member_id)
        counted = await row(
            """select id from credit_entry where member_id = $1 and rule = 'verified'
               order by id desc limit 1""",
            member_id,
        )
        if counted is not None:
            await ledger.reverse(counted["id"], "withdrawn")
        await revoke("member", str(member_id))


async def _cause(member_id: int) -> Cause:
    """The first time, the second: who took it back and proves it again is given it again."""
    found = await rows(
        "select count(*)::int as n from credit_entry where member_id = $1 and rule = 'verified'",
        member_id,
    )
    return Cause("verification", 0, found[0]["n"])
