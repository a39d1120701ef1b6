"""The fora: one table of tests each, literals only, in the order of law.md A.5."""

import ratione.fora.acerwc as acerwc
import ratione.fora.achpr as achpr
import ratione.fora.afcthpr as afcthpr
import ratione.fora.cat as cat
import ratione.fora.ced as ced
import ratione.fora.cedaw as cedaw
import ratione.fora.cerd as cerd
import ratione.fora.cescr as cescr
import ratione.fora.closed as closed
import ratione.fora.cmw as cmw
import ratione.fora.crc as crc
import ratione.fora.crpd as crpd
import ratione.fora.eacj as eacj
import ratione.fora.ecowas as ecowas
import ratione.fora.ecsr as ecsr
import ratione.fora.ecthr as ecthr
import ratione.fora.hrc as hrc
import ratione.fora.icc as icc
import ratione.fora.ilocfa as ilocfa
import ratione.fora.inter_american as inter_american
import ratione.fora.rd4u as rd4u
import ratione.fora.un_charter as un_charter
import ratione.fora.unesco as unesco
from ratione.rules import Forum

FORA: tuple[Forum, ...] = (
    *ecthr.FORA,
    *hrc.FORA,
    *cerd.FORA,
    *cat.FORA,
    *cedaw.FORA,
    *crpd.FORA,
    *ced.FORA,
    *crc.FORA,
    *cescr.FORA,
    *cmw.FORA,
    *un_charter.FORA,
    *unesco.FORA,
    *ecsr.FORA,
    *inter_american.FORA,
    *achpr.FORA,
    *afcthpr.FORA,
    *acerwc.FORA,
    *ecowas.FORA,
    *eacj.FORA,
    *ilocfa.FORA,
    *icc.FORA,
    *rd4u.FORA,
    *closed.FORA,
)
BY_KEY = {forum.key: forum for forum in FORA}
