"""What the log says of protected identity, and of what two people decide about a person."""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.access import Operation
from app.domain.codes import InformationCategory, Purpose
from app.domain.logged import LoggedAs, logged

_OF_PERSON = (Purpose.HANDLING_CASE, InformationCategory.PERSON)

PROTECTED_AS: Mapping[Operation, LoggedAs] = MappingProxyType(
    {
        Operation.READ_PROTECTION: logged(
            *_OF_PERSON, "läste om personens skydd", "read of the person's protection"
        ),
        Operation.PROTECT_INDIVIDUAL: logged(
            *_OF_PERSON, "märkte personen som skyddad", "marked the person as protected"
        ),
        Operation.LIFT_PROTECTION: logged(
            *_OF_PERSON, "föreslog att skyddet hävs", "proposed that the protection be lifted"
        ),
        Operation.CLEAR_ACCOUNT: logged(
            *_OF_PERSON,
            "föreslog vem som får se var personen är",
            "proposed who may see where the person is",
        ),
        Operation.END_CLEARANCE: logged(
            *_OF_PERSON,
            "avslutade någons behörighet att se var personen är",
            "ended somebody's clearance to see where the person is",
        ),
        Operation.LIST_JOINT_DECISIONS: logged(
            *_OF_PERSON, "såg ett förslag om personen i en lista", "saw a proposal about the person in a list"
        ),
        Operation.READ_JOINT_DECISION: logged(
            *_OF_PERSON, "läste ett förslag om personen", "read a proposal about the person"
        ),
        Operation.APPROVE_JOINT_DECISION: logged(
            *_OF_PERSON, "godkände ett förslag om personen", "approved a proposal about the person"
        ),
        Operation.REJECT_JOINT_DECISION: logged(
            *_OF_PERSON, "avslog ett förslag om personen", "turned a proposal about the person down"
        ),
    }
)
