"""Lines of real minutes in which something is misspelt, impossible, or typed as one and is more, and what must come.

Said as in ``lines_as_typed``, and of the same partnership.
"""

from typing import Final

MISSPELT: Final[list[tuple[str, list[str]]]] = [
    ("ACTON Sam: Write", ["!"]),
    ("ACITON: Sam to write", ["!"]),
    ("Actoin – Sam to write", ["!"]),
    ("Acton Sam to write", ["!"]),
    ("ACCTION 3: Sam to write", ["!"]),
    ("DESICION: the fee is £20", ["!"]),
    ("DECISON the fee is £20", ["!"]),
    ("## Descisions", ["!"]),
    ("AGREEED that the fee be £20", ["!"]),
    ("It was agred that the fee be £20.", ["!"]),
    ("RESLOVED: That the accounts be approved.", ["!"]),
    ("| Hotels | ACITON: Sam to write |", ["!"]),
    ("**Acton:** Sam to write", ["!"]),
    ("ACTION Sam: Write. ACTON Alex: Ring", ["sam: Write.", "!"]),
    ("ACTION Sam: Write\nACTOIN Alex: Ring", ["sam: Write", "!"]),
    *[
        (text, [])
        for text in (
            "Arrests were made in Acton.", "ACTON HIGH STREET", "Acton Town was visited.", "Auction: two lots",
            "AUCTION: two lots", "Acting chair: Sam", "Section 47: discussed", "RESERVED: two places", "DIVISION: x",
            "Agree: the plan", "Option: a grant", "Caution: hot", "Reaction: mixed", "Motion: that the fee be £20",
            "Revision: two", "Precision: two", "ACTIONED", "Agreement: signed", "Resigned: the treasurer",
        )
    ],
]  # fmt: skip
"""Words that are nearly one with which something begins, and such as are others."""

SEVERAL: Final[list[tuple[str, list[str]]]] = [
    ("ACTIONS: Sam to write; Alex to ring", ["!"]),
    ("ACTIONS: Sam to write, Alex to ring", ["!"]),
    ("ACTIONS: Sam to write. Alex to ring.", ["!"]),
    ("ACTIONS: Sam to write; ring the hall", ["!"]),
    ("ACTIONS: (a) Sam to write; (b) Alex to ring", ["!"]),
    ("ACTION: Sam to write and Pat to ring", ["!"]),
    ("ACTION: Sam to write to all; Kim Lee to ring", ["!"]),
    ("ACTION Sam: Write and all to read", ["!"]),
    ("ACTION Sam: Write; Alex: ring", ["!"]),
    ("ACTION Sam – write; Alex – ring", ["!"]),
    ("ACTION: Alex to send Sam the list, and Sam to circulate it", ["!"]),
    ("ACTION Sam: Book a trainer and Priya by 1 July: a room", ["!"]),
    ("DECISIONS: The fee is £20; the dates stand", ["!"]),
    ("DECISIONS: The fee is £20. The dates stand.", ["!"]),
    ("DECISION: The fee is £20; the dates stand", ["= The fee is £20; the dates stand"]),
    ("ACTION Sam: Ask Alex and Priya to ring", ["sam: Ask Alex and Priya to ring"]),
    ("ACTION: Sam to invite the police and Alex to speak", ["sam: invite the police and Alex to speak"]),
    ("ACTION: Sam to write to all. Report to the board.", ["sam: write to all. Report to the board."]),
    ("ACTION Sam and Alex to write and report", ["sam,alex: write and report"]),
    ("ACTION Sam: Write\naction pat to ring the hall", ["sam: Write", "pat: ring the hall"]),
    ("ACTION Sam: Write\naction sam/alex to ring", ["sam: Write", "sam,alex: ring"]),
    ("ACTION Sam: Write\naction (alex) to ring", ["sam: Write", "alex: ring"]),
    ("ACTION Sam: Write\naction – alex to ring", ["sam: Write", "alex: ring"]),
    ("ACTION Sam: take joint\naction with partners to stop it", ["sam: take joint action with partners to stop it"]),
]
"""What holds more than one, and what only seems to."""

DATES: Final[list[tuple[str, list[str]]]] = [
    ("action sam to write by 31 feb", ["!"]),
    ("Action: Sam to write by 31 Feb", ["!"]),
    ("ACTION Sam: Write, due 31 June", ["!"]),
    ("ACTION Sam to write (by 30 Feb)", ["!"]),
    ("ACTION Sam to write (31 June)", ["!"]),
    ("ACTION Sam – 31 Feb – write", ["!"]),
    ("ACTION Sam to write on Feb 30", ["!"]),
    ("ACTION Sam to write by 29/2/2023", ["!"]),
    ("action sam to write by Monday 9 June 2023", ["!"]),
    ("ACTION Sam to write by Firday", ["!"]),
    ("ACTION Sam to write by 5 Jully", ["!"]),
    ("DECISION: to meet on 31 June", ["!"]),
    ("ACTION Sam: Ask which of the 40 may attend", ["sam: Ask which of the 40 may attend"]),
    ("ACTION Sam to write by 29/2/2024", ["sam by 2024-02-29: write"]),
]
"""Days that there are not."""

PRACTICE: Final[list[tuple[str, list[str]]]] = [
    ("Cllr Adeyemi undertook to write to the Home Office. ACTION: MA", ["!"]),
    ("**Action:** Sam Reed, DSL, to share the chronology with Anytown Police by 12 June", ["!"]),
    ("Action agreed: Sam to circulate the threshold document", ["!"]),
    ("ACTION(S): Sam to write", ["sam: write"]),
    ("Action by Sam: write to the head teacher", ["!"]),
    ("Sam – ACTION – write to the head teacher", ["!"]),
    ("ACTION >> Sam to write", ["sam: write"]),
    ("*ACTION* – *Sam* – *write by 12 June*", ["sam by 2023-06-12: write"]),
    ("ACTION: Chair's action: sign the lease", ["!"]),
    ("Chair's action was taken to sign the lease.", []),
    ("ACTION: the Chair and the Coordinator to sign", ["sam,pat: sign"]),
    ("ACTION: Sam to write by COP Friday", ["sam by 2023-06-09: write"]),
    ("ACTION: Sam to write by 5pm on Friday", ["sam by 2023-06-09: write"]),
    ("ACTION: Sam to write by the end of the week", ["sam by 2023-06-09: write"]),
    ("Action 1 (Sam, 12 June): write", ["sam by 2023-06-12: write"]),
    ("| 1 | Action: Sam | write | 12 June |", ["!"]),
    ("Proposed Cllr Adeyemi, seconded Dr Patel, and RESOLVED to accept the accounts.", ["= to accept the accounts."]),
    ("Proposed by Cllr Adeyemi, seconded by Dr Patel. CARRIED.", ["!"]),
    ("The Board APPROVED the budget.", ["!"]),
    ("APPROVED: the budget for 2023/24", ["!"]),
    ("The minutes were APPROVED as a correct record.", []),
    ("RESOLVED (7 for, 1 against): that the lease be renewed", ["!"]),
    ("AGREED: Sam to write to the school", ["= Sam to write to the school"]),
    ("AGREED ACTION: Sam to write", ["!"]),
    ("Decision/Action: Sam to write", ["!"]),
    ("ACTION/DECISION: Sam to write", ["!"]),
    ("Outcome: ACTION Sam to write", ["!"]),
    ("Sam to write to the school.", ["!"]),
    ("Next steps: Sam to write", ["!"]),
    ("A1: Sam to write", ["!"]),
    ("A.P. 1: Sam to write", ["!"]),
    ("The police to be told", []),
    ("Sam spoke to the police.", []),
    ("Sam agreed to write to the school by Friday.", ["!"]),
    ("ACTION: carried forward", ["!"]),
    ("Action: Sam (lead), Alex to draft the referral pathway", ["!"]),
    ("Action: Sam with Alex to draft the referral pathway", ["sam,alex: draft the referral pathway"]),
    ("Action: Sam or deputy to draft", ["!"]),
    (
        "ACTION: HT, AHT & Police to nominate leads for the MARAC by 30/6",
        ["harbour-trust,nhs,anytown-police by 2023-06-30: nominate leads for the MARAC"],
    ),
    ("Action: P. Hollis to circulate", ["pat: circulate"]),
    ("ACTION: SAM REED TO CIRCULATE THE MINUTES", ["sam: CIRCULATE THE MINUTES"]),
    ("TO DO: Sam to write", ["sam: write"]),
    ("AP: Sam to write", ["sam: write"]),
    ("ACTION Sam: Write (DONE 7K2F9: it went out)", ["sam: Write"]),
]
"""More from councils, charities and safeguarding."""

FOR_WHOM: Final[list[tuple[str, list[str]]]] = [
    ("ACTION Sam – Anytown Police – Write", ["!"]),
    ("ACTION Sam by 1/7 – Alex by 8/7: Write", ["!"]),
    ("ACTION Sam: Alex: Write", ["!"]),
    ("ACTION Sam: Alex to write", ["!"]),
    ("ACTION Sam: Alex to be asked", ["sam: Alex to be asked"]),
    ("All members to send figures by 1 July", ["!"]),
    ("Everyone to read the guide.", ["!"]),
    ("Sam: write to the hotels by 1 July", ["!"]),
    ("Sam will write to the hotels by 1 July.", ["!"]),
    ("Sam will write to the hotels.", []),
    ("Follow-up – Sam to write", ["!"]),
    ("@sam write to the hotels", ["!"]),
    ("Sam: three referrals came in.", []),
    ("| Owner | Task | Deadline |\n|---|---|---|\n| Sam | Write | 1 July |\n| | | |", ["!"]),
    ("| What | Who | When |\n|---|---|---|\n| Write | Sam | 1 July |\n| Ring | TBC | |", ["!"]),
    ("| Action by | Notes |\n|---|---|\n| Sam | Write |", ["!"]),
    ("| Item | Who | When |\n|---|---|---|\n| ACTION Sam: Write | Sam | 1 July |", ["sam: Write"]),
    ("| Who | Organisation |\n|---|---|\n| Sam | Anytown Police |", []),
]
"""Who is to do something that is typed as no action, or as somebody else's."""

LEADING_ON: Final[list[tuple[str, list[str]]]] = [
    ("Resolved that:\n(a) the fee is £20;\n(b) the dates stand.", ["!"]),
    ("RESOLVED that:\n- the fee is £20", ["!"]),
    ("ACTION Sam: Write to the following:\n- hotels\n- clubs", ["!"]),
    ("DECISION: TBC", ["!"]),
    ("ACTION Sam: tbc", ["!"]),
    ("ACTION Sam by 1 July: ???", ["!"]),
    ("DECISION: to be confirmed.", ["!"]),
]
"""What says no more than that something follows, or is still to come."""

TWICE: Final[list[tuple[str, list[str]]]] = [
    ("ACTION Sam: Write to every hotel\n\n## Summary\n\nACTION Sam: Write to every hotel",
     ["sam: Write to every hotel", "!"]),
    ("ACTION Sam: Ring\n\nACTION Sam: ring", ["sam: Ring", "!"]),
    ("ACTION Sam by 1 July: Ring\n\nACTION Sam by 1 August: Ring",
     ["sam by 2023-07-01: Ring", "sam by 2023-08-01: Ring"]),
    ("ACTION Sam: Ring\n\nACTION Alex: Ring", ["sam: Ring", "alex: Ring"]),
    ("DECISION: The fee is £20 a head.\n\nAGREED: The fee is £20 a head.", ["= The fee is £20 a head.", "!"]),
    ("ACTION [7K2F9] Sam: Map\n\nACTION Sam: Map", ["!"]),
]  # fmt: skip
"""What would become a record a second time."""

PASTED: Final[list[tuple[str, list[str]]]] = [
    ("AC\u00adTION Sam by 1 July 2023: Write to ho\u00adtels", ["sam by 2023-07-01: Write to hotels"]),
    ("\u200eACTION Sam: Write", ["sam: Write"]),
    ("\uf0b7\tACTION Sam: Write", ["sam: Write"]),
    ("§ ACTION Sam: Write", ["sam: Write"]),
    ("\u2011 ACTION Sam: Write", ["sam: Write"]),
    ("- \\[x\\] ACTION Sam: Write", ["done sam: Write"]),
    ("ACTION \\[7K2F9\\] Sam: Map", []),
    ("ACTION\u00a0[7K2F9]\u202fSam: Map", []),
    ("ACTION\u2003Sam\u00a0to\u00a0write by\u00a01\u00a0July", ["sam by 2023-07-01: write"]),
    ("AC\u00adTION Sam and\nAl\u00adex: Write. ACTION\u200b Jo: Ri\u00adng", ["sam,alex: Write.", "jo: Ring"]),
    ("| A | ACTION Sam: Write<br>ACTION Alex: Ring |", ["sam: Write", "alex: Ring"]),
    ("ACTION-Sam to write", ["sam: write"]),
    ("DECISION-MAKING GROUP", []),
    ("Decision-Making was discussed", []),
    ("TODO Sam: write", ["sam: write"]),
    ("Decision taken: the fee is £20", ["!"]),
    ("Decisions made at the meeting: the fee is £20", ["!"]),
    ("Action required: write to the hotels", ["!"]),
]
"""What was pasted from Word or went through a formatter."""

SLIPS: Final = [*MISSPELT, *SEVERAL, *DATES, *PRACTICE, *FOR_WHOM, *LEADING_ON, *TWICE, *PASTED]
