"""The forms a pattern holds values to, each with the words for whoever has sent another."""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.rule import Words

# Neither control characters nor those that turn the direction of writing: they falsify letters and logs.
ONE_LINE = r"^[^\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]*$"
SEVERAL_LINES = r"^[^\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]*$"
CODE = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
RULE_ID = r"^[A-Z]{3}-[1-9][0-9]{0,2}$"
MUNICIPALITY = r"^[0-9]{4}$"
IDENTITY_NUMBER = r"^[0-9A-Z+-]+$"
TELEPHONE = r"^\+?[0-9][0-9 ()-]{4,30}$"
MONTH = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"
PLACE_IN_THE_LOG = r"^[0-9a-f]{1,14}-[0-9a-f]{32}$"
OWN_REFERENCE = r"^[A-Za-zÅÄÖåäö0-9][A-Za-zÅÄÖåäö0-9:/._ -]{0,63}$"

WANTED: Mapping[str, Words] = MappingProxyType(
    {
        ONE_LINE: Words("en rad text utan styrtecken", "one line of text without control characters"),
        SEVERAL_LINES: Words(
            "text utan andra styrtecken än radbyte och tabb",
            "text without control characters other than line feed and tab",
        ),
        CODE: Words(
            "bokstäver a-z, siffror, _, . och -, först en bokstav eller siffra",
            "letters a-z, digits, _, . and -, first a letter or digit",
        ),
        RULE_ID: Words("en regels id, till exempel SAM-2", "a rule's id, such as SAM-2"),
        MUNICIPALITY: Words(
            "kommunens kod med fyra siffror, till exempel 0380",
            "the municipality's code of four digits, such as 0380",
        ),
        IDENTITY_NUMBER: Words("siffror, stora bokstäver A-Z, + och -", "digits, capitals A-Z, + and -"),
        TELEPHONE: Words(
            "5-31 siffror, blanksteg, parenteser och bindestreck, först en siffra eller +",
            "5-31 digits, blanks, brackets and hyphens, first a digit or +",
        ),
        MONTH: Words("en månad som ÅÅÅÅ-MM", "a month as YYYY-MM"),
        PLACE_IN_THE_LOG: Words("så som svaret länkade till den", "as the answer has linked to it"),
        OWN_REFERENCE: Words(
            "högst 64 bokstäver, siffror, blanksteg och : / . _ -, först en bokstav eller siffra",
            "at most 64 letters, digits, blanks and : / . _ -, first a letter or digit",
        ),
    }
)
"""By the pattern, as the document has it; never anything that was sent."""
