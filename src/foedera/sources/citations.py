"""BibTeX of the sources and of the measures computed from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foedera.version import VERSION

CITATIONS: Mapping[str, str] = {
    "atop2002": """\
@article{atop2002,
  author  = {Leeds, Brett Ashley and Ritter, Jeffrey M. and Mitchell, Sara McLaughlin and Long, Andrew G.},
  title   = {Alliance Treaty Obligations and Provisions, 1815--1944},
  journal = {International Interactions},
  volume  = {28}, number = {3}, pages = {237--260}, year = {2002}
}""",
    "cowstates2017": """\
@misc{cowstates2017,
  author = {{Correlates of War Project}},
  title  = {State System Membership List, v2016},
  year   = {2017}
}""",
    "gw1999": """\
@article{gw1999,
  author  = {Gleditsch, Kristian S. and Ward, Michael D.},
  title   = {A Revised List of Independent States since the Congress of Vienna},
  journal = {International Interactions},
  volume  = {25}, number = {4}, pages = {393--413}, year = {1999}
}""",
    "cowwars2010": """\
@book{cowwars2010,
  author    = {Sarkees, Meredith Reid and Wayman, Frank Whelon},
  title     = {Resort to War: 1816--2007},
  publisher = {CQ Press}, year = {2010}
}""",
    "iwd2016": """\
@article{iwd2016,
  author  = {Reiter, Dan and Stam, Allan C. and Horowitz, Michael C.},
  title   = {A Revised Look at Interstate Wars, 1816--2007},
  journal = {Journal of Conflict Resolution},
  volume  = {60}, number = {5}, year = {2016}
}""",
    "llm2000": """\
@article{llm2000,
  author  = {Leeds, Brett Ashley and Long, Andrew G. and Mitchell, Sara McLaughlin},
  title   = {Reevaluating Alliance Reliability: Specific Threats, Specific Promises},
  journal = {Journal of Conflict Resolution},
  volume  = {44}, number = {5}, pages = {686--699}, year = {2000}
}""",
    "bf2018": """\
@article{bf2018,
  author  = {Berkemeier, Molly and Fuhrmann, Matthew},
  title   = {Reassessing the Fulfillment of Alliance Commitments in War},
  journal = {Research \\& Politics},
  volume  = {5}, number = {2}, year = {2018}
}""",
    "gml2016": """\
@article{gml2016,
  author  = {Gibler, Douglas M. and Miller, Steven V. and Little, Erin K.},
  title   = {An Analysis of the Militarized Interstate Dispute ({MID}) Dataset, 1816--2001},
  journal = {International Studies Quarterly},
  volume  = {60}, number = {4}, pages = {719--730}, year = {2016}
}""",
    "mid2022": """\
@article{mid2022,
  author  = {Palmer, Glenn and McManus, Roseanne W. and D'Orazio, Vito and Kenwick, Michael R. and Karstens, Mikaela and
             Bloch, Chase and Dietrich, Nick and Kahn, Kayla and Ritter, Kellan and Soules, Michael J.},
  title   = {The {MID5} Dataset, 2011--2014: Procedures, Coding Rules, and Description},
  journal = {Conflict Management and Peace Science},
  volume  = {39}, number = {4}, pages = {470--482}, year = {2022}
}""",
    "nmc1972": """\
@incollection{nmc1972,
  author    = {Singer, J. David and Bremer, Stuart and Stuckey, John},
  title     = {Capability Distribution, Uncertainty, and Major Power War, 1820--1965},
  booktitle = {Peace, War, and Numbers},
  editor    = {Russett, Bruce}, publisher = {Sage}, year = {1972}
}""",
    "contiguity2002": """\
@article{contiguity2002,
  author  = {Stinnett, Douglas M. and Tir, Jaroslav and Schafer, Philip and Diehl, Paul F. and Gochman, Charles},
  title   = {The Correlates of War Project Direct Contiguity Data, Version 3},
  journal = {Conflict Management and Peace Science},
  volume  = {19}, number = {2}, pages = {58--66}, year = {2002}
}""",
    "cshapes2022": """\
@article{cshapes2022,
  author  = {Schvitz, Guy and Girardin, Luc and R{\\"u}egger, Seraina and Weidmann, Nils B. and Cederman, Lars-Erik
             and Gleditsch, Kristian Skrede},
  title   = {Mapping the International System, 1886--2019: The {CShapes} 2.0 Dataset},
  journal = {Journal of Conflict Resolution},
  volume  = {66}, number = {1}, year = {2022}
}""",
    "rivalries2012": """\
@book{rivalries2012,
  author    = {Thompson, William R. and Dreyer, David R.},
  title     = {Handbook of International Rivalries, 1494--2010},
  publisher = {CQ Press}, year = {2012}
}""",
    "s1999": """\
@article{s1999,
  author  = {Signorino, Curtis S. and Ritter, Jeffrey M.},
  title   = {Tau-b or Not Tau-b: Measuring the Similarity of Foreign Policy Positions},
  journal = {International Studies Quarterly},
  volume  = {43}, number = {1}, pages = {115--144}, year = {1999}
}""",
    "haege2011": """\
@article{haege2011,
  author  = {H{\\"a}ge, Frank M.},
  title   = {Choice or Circumstance? {A}djusting Measures of Foreign Policy Similarity for Chance Agreement},
  journal = {Political Analysis},
  volume  = {19}, number = {3}, pages = {287--305}, year = {2011}
}""",
    "foedera": f"""\
@software{{foedera,
  author  = {{{{The Foedera team}}}},
  title   = {{Foedera: treaties you can run}},
  version = {{{VERSION}}}
}}""",
}


def bibtex(keys: Iterable[str]) -> str:
    """The entries, sorted, each once.

    >>> print(bibtex(["gw1999", "gw1999"]).splitlines()[0])
    @article{gw1999,
    """
    return "\n\n".join(CITATIONS[key] for key in sorted(set(keys))) + "\n"
