import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.agreements.registry import FOLDER

HERE = Path(__file__).parent
FILE = FOLDER / "uppsala" / "2020-01-01.toml"

ADDRESSES = {
    "UPP-035": "Arbetsförmedlingen Uppsala, Box 66, 751 03 Uppsala.",
    "UPP-036": "Försäkringskassans inläsningscentral, 839 88 Östersund.",
    "UPP-037": "Uppsala kommun, Salagatan 18, 753 75 Uppsala.",
    "UPP-038": "Utbildnings- och Jobbcenter, Att: Arbetsmarknadssekreterare, Kungsgatan 85, 753 18 Uppsala.",
    "UPP-039": "Uppsala kommun, IPS-arbetscoach, Järnvägspromenaden 19, 753 20 Uppsala.",
    "UPP-040": "Uppsala kommun, Omsorgsförvaltningen, 753 75 Uppsala.",
}

LATER = {
    "the agreement's own life": {"UPP-135", "UPP-136"},
    "LOKUS's review and measures": {"UPP-081", "UPP-130", "UPP-131", "UPP-132", "UPP-133"},
    "the implementation": {"UPP-079", "UPP-080", "UPP-127", "UPP-140"},
    "the applications": {"UPP-076", "UPP-077", "UPP-084", "UPP-139"},
}


@pytest.fixture(scope="module")
def text() -> str:
    """The agreement file as it is written."""
    return FILE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def values(text: str) -> dict[str, Any]:
    """The agreement file as TOML, before the loader."""
    return tomllib.loads(text)


def committed(name: str) -> list[list[str]]:
    """The lines of a committed list, split at spaces, without its heading."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split(maxsplit=2) for line in lines if not line.startswith("#")]


def quotes_of(clause: dict[str, Any]) -> list[str]:
    """A clause's words as a list, however many there are."""
    quote = clause["quote"]
    return [quote] if isinstance(quote, str) else quote


def digest(quote: str) -> str:
    """The first 16 hexadecimal digits of SHA-256 over a quote, white space folded."""
    return hashlib.sha256(" ".join(quote.split()).encode()).hexdigest()[:16]


def test_every_clause_of_the_catalogue_is_there_word_for_word(values: dict[str, Any]) -> None:
    """All 132 clauses stand in the file once, with the modality and the very words of the documents."""
    found = {
        clause["id"]: (
            clause["modality"] + ("!" if clause.get("interpreted") else ""),
            [digest(quote) for quote in quotes_of(clause)],
        )
        for clause in values["clause"]
    }
    catalogue = {
        clause_id: (modality, hashes.split())
        for clause_id, modality, hashes in committed("uppsala_clauses.txt")
    }
    assert len(values["clause"]) == len(catalogue) == 132
    assert found == catalogue


def test_the_clauses_come_document_by_document(values: dict[str, Any]) -> None:
    """The routine comes first, then the template, the agreement and the application, section by section."""
    documents = [document["key"] for document in values["document"]]
    met = [clause["section"].partition(": ")[0] for clause in values["clause"]]
    assert met == sorted(met, key=documents.index)
    assert list(dict.fromkeys(met)) == documents


def test_each_rule_is_called_by_its_clauses_with_its_effect(values: dict[str, Any]) -> None:
    """Every rule is called by the clauses it rests on, with one effect and the same parameters."""
    calls: dict[str, dict[str, list[Any]]] = {}
    for clause in values["clause"]:
        for holder in clause["held_by"]:
            if "rule" in holder:
                call = calls.setdefault(holder["rule"], {"clauses": [], "with": []})
                call["clauses"].append(clause["id"])
                call["with"].append((holder["effect"], holder.get("parameters", {})))
    for rule_id, effect, rest in committed("uppsala_rules.txt"):
        clauses, _, parameters = rest.partition(" {")
        given = tomllib.loads(f"given = {{{parameters}")["given"] if parameters else None
        call = calls.pop(rule_id)
        assert sorted(call["clauses"]) == clauses.split(), rule_id
        assert {one for one, _ in call["with"]} == {effect}, rule_id
        if rule_id != "PLA-6":  # asked once for each party, about what lies in its mandate
            assert all(one == (given or {}) for _, one in call["with"]), rule_id
    assert calls == {}


def test_what_is_in_a_mandate_is_said_for_each_party(values: dict[str, Any]) -> None:
    """Each of the four parties' missions gives the kinds of action that lie within it."""
    parties = [
        holder["parameters"]["party"]
        for clause in values["clause"]
        for holder in clause["held_by"]
        if holder.get("rule") == "PLA-6"
    ]
    assert parties == ["AF", "FK", "REGION", "KOMMUN"]


def test_only_later_work_is_not_held(values: dict[str, Any]) -> None:
    """What nothing holds yet belongs to later work, and says to which."""
    unheld = {
        clause["id"]: holder["none"]
        for clause in values["clause"]
        for holder in clause["held_by"]
        if "none" in holder
    }
    assert unheld.keys() == set().union(*LATER.values())
    assert all(reason.startswith("not yet: ") for reason in unheld.values())


def test_the_units_have_the_addresses_of_the_routine(values: dict[str, Any]) -> None:
    """The six fixed addresses are, line by line, what the routine's list says (UPP-035 to UPP-040)."""
    quotes = {clause["id"]: " ".join(quotes_of(clause)) for clause in values["clause"]}
    written = []
    for party in values["party"]:
        for organisation in party["organisation"]:
            for unit in organisation["unit"]:
                attention = [f"Att: {unit['attention']}"] if "attention" in unit else []
                if unit["address"]:
                    written.append(", ".join([unit["address"][0], *attention, *unit["address"][1:]]) + ".")
    assert sorted(written) == sorted(ADDRESSES.values())
    assert all(address in quotes[clause_id] for clause_id, address in ADDRESSES.items())


def test_no_person_is_named_in_the_signatures(values: dict[str, Any]) -> None:
    """Of the signatures only the parties and their days are there (UPP-138)."""
    signatures = next(clause for clause in values["clause"] if clause["id"] == "UPP-138")
    parties = "|".join(party["name"] for party in values["party"])
    assert all(re.fullmatch(rf"({parties}) Datum: \d+/\d+-19", quote) for quote in quotes_of(signatures))


def test_no_mail_address_is_in_the_file(text: str) -> None:
    """Nobody's e-mail address is part of the agreement we run on."""
    assert "@" not in text
