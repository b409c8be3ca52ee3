"""The agreement, as it runs. Standard library only: no clock, no files, no framework.

The chapters follow the routine; each holds its rules, named for what they say:

    target_group   Målgrupp            MAL   whom it is for
    need           Behov               BEH   the need is assessed, and leads to a meeting
    consent        Samtycke            SAM   who may be called, be there and see; consent_care: over time
    preparation    Förberedelser       FOR   with the individual, and by everybody called
    booking        Bokningsförfarande  BOK   the region first, and time enough
    summons        Kallelse            KAL   who calls whom; letter: what each letter says
    roles          Roller              ROL   who initiates, chairs, writes and is there
    plan_contents  Planen              PLA   what it shows; plan_approval: approved by all, handed to all
    carrying_out   Genomförande        GEN   every owner answers for its action
    follow_up      Uppföljning         UFO   booked, held, reported on, decided
    deviations     Avvikelser          AVV   what the parties learn from; proposals: found by the facts
    agreement_life Giltighet           OVK   when the agreement holds
    undertakings   Åtaganden           ATA   what every party has promised of itself

`rulebook` has them all in order, and the one door: judge(step, picture, agreement).
`facts` are what they look at, `states` and `plan_states` what follows from the facts,
`rule`, `step`, `agreement` and `judgement` the words they are written in.
`access` says who may do what, `tasks` who owes what, `readiness` what a step still lacks.
"""
