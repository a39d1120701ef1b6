"""SADC Tribunal, Arab Human Rights Committee, EU General Court: they take no complaint against a State (law.md B.24,
B.25, B.29)."""

from ratione.rules import Filing, Fixed, Forum, Test, failed

FORA: tuple[Forum, ...] = (
    Forum(
        "SADC",
        "SADC Tribunal",
        (),
        (
            Test(
                "SADC.access",
                "ratione_personae",
                Fixed(failed("tribunal_suspended")),
                ("sadc-summit-2010-2012",),
                ("B.24",),
                verified=True,
            ),
        ),
        Filing(
            form="none: suspended since 2010, access of individuals abolished in 2012",
            place="none",
            language="none",
            interim="none",
            final="none",
            authority=("sadc-summit-2010-2012",),
        ),
    ),
    Forum(
        "ARABHRC",
        "Arab Human Rights Committee",
        ("ARAB-CHARTER",),
        (
            Test(
                "ARABHRC.access",
                "ratione_personae",
                Fixed(failed("reports_only")),
                ("arab-charter-45-48",),
                ("B.25",),
            ),
        ),
        Filing(
            form="none: it reads the reports of States; the statute of an Arab court is not in force",
            place="none",
            language="none",
            interim="none",
            final="none",
            authority=("arab-charter-45-48",),
        ),
    ),
    Forum(
        "EUGC",
        "General Court of the European Union",
        (),
        (
            Test(
                "EUGC.respondent",
                "ratione_personae",
                Fixed(failed("eu_institutions_only")),
                ("tfeu-263",),
                ("B.29", "D.1"),
            ),
        ),
        Filing(
            form="an application by a lawyer through e-Curia, within two months of publication, notification or "
            "knowledge, and ten days for distance; for a published act from the end of the fourteenth day after it; a "
            "last day on a Saturday, Sunday or official holiday moves to the next working day",
            place="General Court of the European Union, Luxembourg",
            language="any official language of the European Union",
            interim="an application for interim measures beside the action",
            final="a judgment; an appeal on points of law to the Court of Justice",
            authority=("tfeu-263", "eugc-rules-58-60"),
        ),
        binding=True,
        notes=("note_eugc_only_eu_acts",),
    ),
)
