"""Named attacks on access tokens: what is tried, and the reason for which it must be refused."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding

from app.auth.token_form import Refusal
from tests.auth import forge
from tests.auth.forge import SECOND, b64, claims, header, token

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True)
class Attack:
    """A forged token, in one sentence."""

    sentence: str
    reason: Refusal
    forged: Callable[[], str]


def _header(sentence: str, reason: Refusal = Refusal.HEADER, **changes: Any) -> Attack:
    return Attack(sentence, reason, lambda: token(header(**changes)))


def _claims(sentence: str, reason: Refusal = Refusal.CLAIMS, **changes: Any) -> Attack:
    return Attack(sentence, reason, lambda: token(body=claims(**changes)))


def _text(sentence: str, reason: Refusal, body: Callable[[], Any]) -> Attack:
    return Attack(sentence, reason, lambda: token(body=body()))


def _signature(sentence: str, reason: Refusal, change: Callable[[str], str]) -> Attack:
    def forged() -> str:
        text, signature = token().rsplit(".", 1)
        return f"{text}.{change(signature)}"

    return Attack(sentence, reason, forged)


def _with(raw: str) -> bytes:
    """Good claims with raw JSON spliced in, for what a JSON library would not write."""
    return json.dumps(claims()).encode()[:-1] + b"," + raw.encode() + b"}"


def _in_place(claim: str, raw: str) -> bytes:
    """Good claims in which one claim's value is raw JSON."""
    return json.dumps(claims(**{claim: ...})).encode()[:-1] + f',"{claim}":{raw}}}'.encode()


def _pss() -> str:
    text = forge.signing_input(header(alg="PS256", kid="rsa-1"), claims())
    scheme = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    return f"{text.decode()}.{b64(forge.rsa_key().sign(text, scheme, hashes.SHA256()))}"


def _rs512() -> str:
    text = forge.signing_input(header(alg="RS512", kid="rsa-1"), claims())
    return f"{text.decode()}.{b64(forge.raw_signature(text, forge.rsa_key(), hashes.SHA512()))}"


def _der_signature() -> str:
    text = forge.signing_input(header(), claims())
    return f"{text.decode()}.{b64(forge.ec_key().sign(text, ec.ECDSA(hashes.SHA256())))}"


def _exchanged(position: int, segment: Callable[[], str]) -> str:
    parts = token().split(".")
    parts[position] = segment()
    return ".".join(parts)


def _spare_bit(signature: str) -> str:
    """The same bytes spelled with a spare bit set in the last character."""
    return signature[:-1] + ALPHABET[ALPHABET.index(signature[-1]) ^ 1]


def _standard_base64() -> str:
    """A good token whose signature is spelled in the other alphabet."""
    while True:
        text, signature = token().rsplit(".", 1)
        spelled = signature.replace("-", "+").replace("_", "/")
        if spelled != signature:
            return f"{text}.{spelled}"


ALGORITHM = (
    Attack(
        "alg none, no signature",
        Refusal.ALGORITHM,
        lambda: token(header(alg="none")).rsplit(".", 1)[0] + ".AA",
    ),
    _signature("the signature left out", Refusal.MALFORMED, lambda _: ""),
    _header("alg none with a signature", Refusal.ALGORITHM, alg="none"),
    _header("alg None in mixed letters", Refusal.ALGORITHM, alg="nOnE"),
    _header("alg in lower case", Refusal.ALGORITHM, alg="es256"),
    _header("alg null", Refusal.ALGORITHM, alg=None),
    _header("alg as a list", Refusal.ALGORITHM, alg=["ES256"]),
    _header("alg empty", Refusal.ALGORITHM, alg=""),
    _header("alg left out", alg=...),
    _header("alg ES384 over a P-256 key", Refusal.ALGORITHM, alg="ES384"),
    Attack(
        "HMAC under the EC public key as PEM",
        Refusal.ALGORITHM,
        lambda: forge.mac_token(forge.public_bytes(forge.ec_key(), Encoding.PEM)),
    ),
    Attack(
        "HMAC under the RSA public key as DER",
        Refusal.ALGORITHM,
        lambda: forge.mac_token(forge.public_bytes(forge.rsa_key(), Encoding.DER), kid="rsa-1"),
    ),
    Attack(
        "HMAC under the RSA public key as DER, called RS256",
        Refusal.SIGNATURE,
        lambda: forge.mac_token(forge.public_bytes(forge.rsa_key(), Encoding.DER), kid="rsa-1", alg="RS256"),
    ),
    Attack("HMAC under the empty secret", Refusal.ALGORITHM, lambda: forge.mac_token(b"")),
    _header("RS256 claimed for the EC key", Refusal.UNKNOWN_KEY, alg="RS256"),
    Attack(
        "ES256 claimed for the RSA key",
        Refusal.UNKNOWN_KEY,
        lambda: forge.rsa_token(header(alg="ES256", kid="rsa-1")),
    ),
    Attack("RS512 by the right RSA key", Refusal.ALGORITHM, _rs512),
    Attack("PS256 by the right RSA key", Refusal.ALGORITHM, _pss),
)

HEADER = (
    _header("typ left out", typ=...),
    _header("an id token (typ JWT)", typ="JWT"),
    _header("a refresh token", typ="refresh+jwt"),
    _header("a client's assertion", typ="client-authentication+jwt"),
    _header("typ with a blank", typ="at+jwt "),
    _header("typ as a list", Refusal.MALFORMED, typ=["at+jwt"]),
    _header("typ null", typ=None),
    _header("crit naming an extension", crit=["exp"]),
    _header("crit empty", crit=[]),
    _header("an unencoded payload (b64 false)", b64=False, crit=["b64"]),
    _header("the attacker's key embedded", jwk={"kty": "EC"}),
    _header("the address of the attacker's key set", jku="https://angripare.example/jwks"),
    _header("the address of the attacker's certificate", x5u="https://angripare.example/cert"),
    _header("the attacker's certificate embedded", x5c=["MIIB"]),
    _header("compression", zip="DEF"),
    _header("a token within a token", cty="JWT"),
    _header("a claim repeated in the header", iss=forge.ISSUER),
    _header("kid left out", kid=...),
    _header("kid unknown", Refusal.UNKNOWN_KEY, kid="ec-2"),
    _header("kid as a number", kid=1),
    _header("kid null", kid=None),
    _header("kid empty", kid=""),
    _header("kid as a path", Refusal.UNKNOWN_KEY, kid="../../../../dev/null"),
    _header("kid as SQL", Refusal.UNKNOWN_KEY, kid="x' union select 'key"),
    _header("kid of another issuer's key", Refusal.UNKNOWN_KEY, kid="other-1"),
    _header("kid of 256 characters", kid="k" * 256),
    _header("a header over the limit", Refusal.SIZE, kid="k" * 400),
    Attack(
        "alg given twice",
        Refusal.MALFORMED,
        lambda: token('{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"ec-1"}'),
    ),
    Attack(
        "alg given twice, once escaped",
        Refusal.MALFORMED,
        lambda: token('{"\\u0061lg":"none","alg":"ES256","typ":"at+jwt","kid":"ec-1"}'),
    ),
    Attack("a header of 1 100 brackets", Refusal.SIZE, lambda: token("[" * 1100 + "]" * 1100)),
    Attack("a header of 180 brackets", Refusal.MALFORMED, lambda: token("[" * 180 + "]" * 180)),
    Attack("a header that is a list", Refusal.MALFORMED, lambda: token('["ES256"]')),
    Attack("a header that is no JSON", Refusal.MALFORMED, lambda: token("ES256")),
)

SIGNATURE = (
    Attack(
        "signed with the attacker's EC key", Refusal.SIGNATURE, lambda: token(key=forge.ec_key("attacker"))
    ),
    Attack(
        "signed with the attacker's RSA key",
        Refusal.SIGNATURE,
        lambda: forge.rsa_token(key=forge.rsa_key("attacker")),
    ),
    Attack("signed with another issuer's key", Refusal.SIGNATURE, lambda: token(key=forge.ec_key("other"))),
    _signature("a signature of zeros", Refusal.SIGNATURE, lambda _: b64(bytes(64))),
    _signature("a signature of ones", Refusal.SIGNATURE, lambda _: b64(b"\xff" * 64)),
    _signature("a signature of one byte", Refusal.SIGNATURE, lambda _: "AA"),
    _signature("a signature cut short", Refusal.SIGNATURE, lambda signature: signature[:-2]),
    _signature("a signature drawn out", Refusal.SIGNATURE, lambda signature: signature[:-2] + "AAAA"),
    _signature("a signature padded with =", Refusal.MALFORMED, lambda signature: signature + "=="),
    _signature("a signature with a spare bit set", Refusal.MALFORMED, _spare_bit),
    _signature("a signature with a blank inside", Refusal.MALFORMED, lambda s: s[:10] + " " + s[10:]),
    _signature("a newline after the signature", Refusal.MALFORMED, lambda signature: signature + "\n"),
    Attack("a signature in the other alphabet", Refusal.MALFORMED, _standard_base64),
    Attack("a signature in DER", Refusal.SIGNATURE, _der_signature),
    Attack(
        "claims exchanged after signing",
        Refusal.SIGNATURE,
        lambda: _exchanged(1, lambda: b64(forge.as_json(claims(sub="director-1")))),
    ),
    Attack(
        "the header exchanged after signing",
        Refusal.SIGNATURE,
        lambda: _exchanged(0, lambda: b64(forge.as_json(header(typ="application/at+jwt")))),
    ),
)

FORM = (
    Attack("nothing at all", Refusal.SIZE, lambda: ""),
    Attack("one segment", Refusal.MALFORMED, lambda: "token"),
    Attack("two segments", Refusal.MALFORMED, lambda: token().rsplit(".", 1)[0]),
    Attack("four segments", Refusal.MALFORMED, lambda: token() + ".AAAA"),
    Attack("five segments, as if encrypted", Refusal.MALFORMED, lambda: token() + ".AAAA.AAAA"),
    Attack("two dots only", Refusal.MALFORMED, lambda: ".."),
    Attack(
        "the JSON serialisation", Refusal.MALFORMED, lambda: json.dumps({"payload": token().split(".")[1]})
    ),
    Attack("the word Bearer in front", Refusal.MALFORMED, lambda: "Bearer " + token()),
    Attack("a blank in front", Refusal.MALFORMED, lambda: " " + token()),
    Attack("a letter outside ASCII", Refusal.MALFORMED, lambda: "å" + token()),
    Attack("a lone surrogate", Refusal.MALFORMED, lambda: "\ud800" + token()),
    Attack("NUL", Refusal.MALFORMED, lambda: token() + "\x00"),
    Attack("a token over the limit", Refusal.SIZE, lambda: token() + "A" * 4096),
    _claims("claims over the limit", Refusal.SIZE, note="n" * 2400),
    _text("claims in UTF-16", Refusal.MALFORMED, lambda: json.dumps(claims()).encode("utf-16")),
    _text(
        "claims behind a byte order mark",
        Refusal.MALFORMED,
        lambda: b"\xef\xbb\xbf" + forge.as_json(claims()),
    ),
    _text(
        "claims that are not UTF-8", Refusal.MALFORMED, lambda: _with('"note":"').replace(b'"}', b'\xff"}')
    ),
    _text("claims as a list", Refusal.MALFORMED, lambda: "[]"),
    _text("claims as a text", Refusal.MALFORMED, lambda: '"claims"'),
    _text("claims null", Refusal.MALFORMED, lambda: "null"),
    _text("claims of 900 brackets", Refusal.MALFORMED, lambda: _with('"note":' + "[" * 900 + "]" * 900)),
    _text("claims followed by more", Refusal.MALFORMED, lambda: forge.as_json(claims()) + b"{}"),
    Attack(
        "claims padded with =",
        Refusal.MALFORMED,
        lambda: _exchanged(1, lambda: base64.urlsafe_b64encode(b'{"a":1}').decode()),
    ),
)

CLAIMS = (
    *(
        _claims(f"{claim} left out", reason, **{claim: ...})
        for claim, reason in (
            ("iss", Refusal.CLAIMS),
            ("aud", Refusal.AUDIENCE),
            ("sub", Refusal.CLAIMS),
            ("client_id", Refusal.CLAIMS),
            ("jti", Refusal.CLAIMS),
            ("iat", Refusal.CLAIMS),
            ("exp", Refusal.CLAIMS),
        )
    ),
    _claims("sub empty", sub=""),
    _claims("sub as a number", sub=17),
    _claims("sub as a list", sub=["officer-17"]),
    _claims("sub of 256 characters", sub="s" * 256),
    _claims("sub with NUL", sub="officer-17\x00"),
    _claims("sub with a line break", sub="officer-17\nadmin"),
    _claims("sub with text direction overridden", sub="officer\u202e17"),
    _text("sub with a lone surrogate", Refusal.MALFORMED, lambda: _in_place("sub", '"\\ud800"')),
    _text("sub given twice", Refusal.MALFORMED, lambda: _with('"sub":"director-1"')),
    _text("a key given twice further in", Refusal.MALFORMED, lambda: _with('"act":{"sub":"a","sub":"b"}')),
    _claims("jti as a number", jti=4),
    _claims("jti as an object", jti={}),
    _claims("client_id as a list", client_id=[forge.CLIENT]),
    _claims("azp of another client", azp="https://klient.kommun.example"),
    _claims("azp null", azp=None),
    _claims("acr as a number", acr=4),
    _claims("scope as a list", scope=[f"{forge.AUDIENCE}/write"]),
    _claims("scope null", scope=None),
    _claims("an id token's at_hash", Refusal.SIGNATURE, at_hash="AAAA"),
)

TIME = (
    _claims("exp as text", exp=str(SECOND + 290)),
    _claims("exp with a fraction", exp=SECOND + 290.5),
    _claims("exp null", exp=None),
    _claims("exp true", exp=True),
    _claims("exp as a list", exp=[]),
    _claims("exp as an object", exp={}),
    _text("exp 1e400", Refusal.MALFORMED, lambda: _in_place("exp", "1e400")),
    _text("exp Infinity", Refusal.MALFORMED, lambda: _in_place("exp", "Infinity")),
    _text("exp of 1 500 digits", Refusal.LIFETIME, lambda: _in_place("exp", "9" * 1500)),
    _claims("exp in the year 10^22", Refusal.LIFETIME, exp=10**30),
    _claims("exp before the epoch", Refusal.LIFETIME, exp=-1),
    _claims("a life of ten years", Refusal.LIFETIME, exp=SECOND + 315_360_000),
    _claims("a life one second over the limit", Refusal.LIFETIME, exp=SECOND - 10 + 901),
    _claims("exp not after iat", Refusal.LIFETIME, exp=SECOND - 10),
    _claims("expired, leeway and all", Refusal.EXPIRED, exp=SECOND - 30, iat=SECOND - 300),
    _claims("issued beyond the leeway", Refusal.NOT_YET_VALID, iat=SECOND + 31),
    _claims("issued tomorrow", Refusal.NOT_YET_VALID, iat=SECOND + 86_400, exp=SECOND + 86_700),
    _claims("not before a minute from now", Refusal.NOT_YET_VALID, nbf=SECOND + 60),
    _claims("nbf as text", nbf=str(SECOND)),
    _claims("nbf null", nbf=None),
    _text("nbf Infinity", Refusal.MALFORMED, lambda: _with('"nbf":Infinity')),
    _text("nbf -Infinity", Refusal.MALFORMED, lambda: _with('"nbf":-Infinity')),
    _text("a claim that is NaN", Refusal.MALFORMED, lambda: _with('"note":NaN')),
    _claims("iat as text", iat=str(SECOND)),
    _claims("iat true", iat=True),
    _claims("iat with a fraction", iat=SECOND - 0.5),
)

PARTIES = (
    _claims("an unknown issuer", Refusal.ISSUER, iss="https://angripare.example/"),
    _claims("iss with more behind", Refusal.ISSUER, iss=forge.ISSUER + "x"),
    _claims("iss cut short", Refusal.ISSUER, iss=forge.ISSUER[:-1]),
    _claims("iss in capitals", Refusal.ISSUER, iss=forge.ISSUER.upper()),
    _claims("iss as a list", iss=[forge.ISSUER]),
    _claims("iss null", iss=None),
    _claims("iss of another issuer of ours", Refusal.UNKNOWN_KEY, iss=forge.OTHER_ISSUER),
    _claims("another audience", Refusal.AUDIENCE, aud="https://api.kommun.example/"),
    _claims("aud with more behind", Refusal.AUDIENCE, aud=forge.AUDIENCE + "/x"),
    _claims("aud cut short", Refusal.AUDIENCE, aud=forge.AUDIENCE[:-1]),
    _claims("aud in capitals", Refusal.AUDIENCE, aud=forge.AUDIENCE.upper()),
    _claims("aud for others too", Refusal.AUDIENCE, aud=[forge.AUDIENCE, "https://api.kommun.example/"]),
    _claims("aud as an empty list", Refusal.AUDIENCE, aud=[]),
    _claims("aud as a list of lists", Refusal.AUDIENCE, aud=[[forge.AUDIENCE]]),
    _claims("aud as an object", Refusal.AUDIENCE, aud={forge.AUDIENCE: True}),
    _claims("aud null", Refusal.AUDIENCE, aud=None),
    _claims("aud true", Refusal.AUDIENCE, aud=True),
)

ATTACKS = ALGORITHM + HEADER + SIGNATURE + FORM + CLAIMS + TIME + PARTIES
