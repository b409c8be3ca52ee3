"""The addresses of the routine, as they stand on a letter."""

import pytest

from app.agreements.registry import registry
from app.services.letters import address_block


@pytest.mark.parametrize(
    ("clause", "unit", "lines"),
    [
        ("UPP-035", "Arbetsförmedlingen Uppsala", ["Arbetsförmedlingen Uppsala", "Box 66", "751 03 Uppsala"]),
        (
            "UPP-037",
            "Ekonomiskt bistånd",
            ["Ekonomiskt bistånd", "Uppsala kommun", "Salagatan 18", "753 75 Uppsala"],
        ),
        (
            "UPP-038",
            "Utbildnings- och Jobbcenter",
            [
                "Utbildnings- och Jobbcenter",
                "Att: Arbetsmarknadssekreterare",
                "Kungsgatan 85",
                "753 18 Uppsala",
            ],
        ),
        (
            "UPP-039",
            "IPS-arbetscoach",
            ["Uppsala kommun", "IPS-arbetscoach", "Järnvägspromenaden 19", "753 20 Uppsala"],
        ),
    ],
)
def test_a_unit_is_addressed_as_the_routine_has_it(clause: str, unit: str, lines: list[str]) -> None:
    """UPP-035 to UPP-040: each unit's address stands on
    the letter line by line, its attention after the first.
    """
    file = registry().get("uppsala@2020-01-01")
    assert file is not None, clause
    units = [one for organisation in file.organisations for one in organisation.units]
    found = next(one for one in units if one.name == unit)
    row = {"name": found.name, "address": list(found.address), "attention": found.attention}
    assert list(address_block(row, ())) == lines


def test_the_region_has_no_address_of_its_own() -> None:
    """UPP-041, UPP-086: the region's address is looked up for each care giver. Without one noted there is
    none; the one noted is written to, for the coordinator's attention.
    """
    coordinator = "Rehabiliteringskoordinator eller motsvarande"
    row = {"name": "Vårdgivare i Region Uppsala", "address": [], "attention": coordinator}
    assert address_block(row, ()) == ()
    looked_up = ("Vårdcentralen Exemplet", "Provgatan 2", "753 00 Uppsala")
    assert address_block(row, looked_up) == (looked_up[0], f"Att: {coordinator}", *looked_up[1:])
    assert address_block(None, looked_up) == looked_up
